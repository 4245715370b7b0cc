package io.millrace.operators.pattern;

import io.millrace.operators.pattern.PatternProgram.Instruction;
import io.millrace.operators.pattern.PatternProgram.Kind;

/**
 * Takes an attempt from one event or deadline to the next (LANGUAGE section 7.2). Reads and writes
 * the attempt alone, and says of an EVERY that is complete for the first time that another attempt
 * begins.
 *
 * <p>An attempt waits for a set of variables. An instruction is <em>entered</em>: what it begins
 * with is waited for. It is <em>complete</em>: its parent says what is next. A repeat that has what
 * it needs is complete and goes on: what is behind it is waited for, too, until an event is taken
 * there. It <em>fails</em>: the innermost parent that has another way takes it, else the attempt
 * fails.
 */
final class Matcher {
  private final ProgramLayout layout;
  private final Spawner spawner;

  /** Begins another attempt where an EVERY is complete. */
  @FunctionalInterface
  interface Spawner {
    /**
     * @param attempt the one that has completed it, before it goes on
     * @param every the instruction
     */
    void spawn(Attempt attempt, int every, long time);
  }

  Matcher(ProgramLayout layout, Spawner spawner) {
    this.layout = layout;
    this.spawner = spawner;
  }

  /** Begins an attempt. */
  void begin(Attempt attempt, long time) {
    enter(attempt, 0, time);
  }

  /** Begins the part of an EVERY again, as if none of its events had been taken. */
  void beginAgain(Attempt attempt, int every, long time) {
    clear(attempt, every);
    forget(attempt, every);
    for (int it = layout.parents[every]; it != ProgramLayout.NONE; it = layout.parents[it]) {
      if (layout.kind(it) == Kind.WITHIN && (attempt.taken & layout.inside[it]) == 0) {
        attempt.dues[layout.timers[it]] = Attempt.NONE;
      }
    }
    enter(attempt, every, time);
  }

  /** Takes an event that fits a variable that is waited for. */
  void take(Attempt attempt, int variable, long time) {
    long before = attempt.flags & layout.strict;
    int index = layout.ofVariables[variable];
    close(attempt, variable);
    attempt.waits &= ~layout.inside[index];
    for (int it = index; it != ProgramLayout.NONE; it = layout.parents[it]) {
      attempt.flags &= ~(layout.nextFlags[it] | layout.unbrokenFlags[it]);
      if (layout.kind(it) == Kind.WITHIN && !isDone(attempt, it)) {
        int timer = layout.timers[it];
        if (attempt.dues[timer] == Attempt.NONE) {
          attempt.dues[timer] = later(time, layout.instruction(it).millis());
        }
      }
    }
    attempt.taken |= 1L << variable;
    complete(attempt, index, time, false);
    if (!attempt.isMatched) {
      breakOff(attempt, before & ~attempt.flagged, time);
    }
  }

  /** Lets an event pass that is not taken. */
  void pass(Attempt attempt, long time) {
    breakOff(attempt, attempt.flags & layout.strict, time);
  }

  /** Takes an event that must not come, by the variables that it fits. */
  void forbid(Attempt attempt, long variables, long time) {
    for (int i = 0; i < layout.size() && isAlive(attempt); i++) {
      long own = layout.inside[i] & variables;
      if (layout.kind(i) == Kind.ABSENCE && (attempt.waits & ~attempt.entered & own) != 0) {
        if (layout.isLeading[i] && layout.timers[i] != ProgramLayout.NONE) {
          attempt.dues[layout.timers[i]] = later(time, layout.instruction(i).millis());
        } else {
          fail(attempt, i, time);
        }
      }
    }
  }

  /** Deals with the first timer that is due, at its time. */
  void fire(Attempt attempt) {
    long time = attempt.firstDue();
    int timer = 0;
    while (attempt.dues[timer] != time) {
      timer++;
    }
    attempt.dues[timer] = Attempt.NONE;
    int index = layout.ofTimers[timer];
    if (layout.kind(index) == Kind.ABSENCE) {
      close(attempt, layout.instruction(index).variables().get(0));
      attempt.waits &= ~layout.inside[index];
      complete(attempt, index, time, false);
    } else if (isDone(attempt, index)) {
      clearParts(attempt, index);
    } else {
      runOut(attempt, index, time);
    }
  }

  /** A part that takes too long begins again, unless another attempt does so already. */
  private void runOut(Attempt attempt, int within, long time) {
    boolean isGone = (attempt.flags & layout.flagsInside[within] & layout.everies) != 0;
    if (layout.isLeading[within] || isGone) {
      attempt.isFailed = true;
      return;
    }
    clear(attempt, within);
    forget(attempt, within);
    enter(attempt, within, time);
    attempt.hasBegunAgain = true;
  }

  private static boolean isAlive(Attempt attempt) {
    return !attempt.isFailed && !attempt.isMatched;
  }

  private boolean isDone(Attempt attempt, int within) {
    return (attempt.flags & layout.doneFlags[within]) != 0;
  }

  /** What was to be the very next, and was not, is over. */
  private void breakOff(Attempt attempt, long broken, long time) {
    if (broken == 0) {
      return;
    }
    for (int i = 0; i < layout.size() && isAlive(attempt); i++) {
      if ((attempt.flags & broken & layout.unbrokenFlags[i]) != 0) {
        int count = layout.counts[i];
        if (attempt.counts[count] >= layout.instruction(i).min()) {
          clear(attempt, i);
        } else {
          attempt.isBroken = true;
          fail(attempt, i, time);
        }
      }
    }
    for (int i = 0; i < layout.size() && isAlive(attempt); i++) {
      if ((attempt.flags & broken & layout.nextFlags[i]) != 0) {
        if (layout.mayBeEmpty[i]) {
          clear(attempt, i);
        } else {
          attempt.isBroken = true;
          fail(attempt, i, time);
        }
      }
    }
  }

  private void enter(Attempt attempt, int index, long time) {
    Instruction it = layout.instruction(index);
    switch (it.kind()) {
      case EVENT, ABSENCE -> {
        attempt.waits |= layout.inside[index];
        attempt.entered |= layout.inside[index];
        if (layout.timers[index] != ProgramLayout.NONE) {
          attempt.dues[layout.timers[index]] = later(time, it.millis());
        }
      }
      case SEQUENCE -> enterStep(attempt, index, 0, time);
      case ALL_OF, ANY_OF -> {
        for (int part : layout.parts(index)) {
          enter(attempt, part, time);
        }
      }
      case REPEAT -> {
        attempt.counts[layout.counts[index]] = 0;
        if (it.min() > 0 || layout.goesOn[index]) {
          enter(attempt, layout.parts(index)[0], time);
        }
      }
      case EVERY -> {
        attempt.flags &= ~layout.everyFlags[index];
        enter(attempt, layout.parts(index)[0], time);
      }
      case WITHIN -> {
        attempt.flags &= ~layout.doneFlags[index];
        attempt.dues[layout.timers[index]] = Attempt.NONE;
        enter(attempt, layout.parts(index)[0], time);
      }
    }
  }

  /**
   * Enters a step, and what is behind it if that may be waited for at once; if it is the end, all
   * is complete. A step that may be left out takes its comma with it.
   */
  private void enterStep(Attempt attempt, int sequence, int place, long time) {
    int[] steps = layout.parts(sequence);
    int next = place;
    boolean goesOn = true;
    boolean isNext = true;
    while (goesOn && next < steps.length) {
      int step = steps[next];
      isNext &= layout.instruction(step).isNext();
      if (isNext) {
        attempt.flags |= layout.nextFlags[step];
        attempt.flagged |= layout.nextFlags[step];
      }
      enter(attempt, step, time);
      goesOn = layout.instruction(step).isGuard() || layout.mayBeEmpty[step];
      next++;
    }
    if (goesOn) {
      complete(attempt, sequence, time, false);
    }
  }

  /**
   * Goes on behind what is complete.
   *
   * @param goesOn whether a repeat in it takes more
   */
  private void complete(Attempt attempt, int index, long time, boolean goesOn) {
    int parent = layout.parents[index];
    if (parent == ProgramLayout.NONE) {
      attempt.isMatched = true;
      return;
    }
    switch (layout.kind(parent)) {
      case SEQUENCE -> completeStep(attempt, index, parent, time, goesOn);
      case ALL_OF -> {
        clear(attempt, index);
        if ((attempt.waits & layout.inside[parent] & ~layout.guards) == 0) {
          clear(attempt, parent);
          complete(attempt, parent, time, false);
        }
      }
      case ANY_OF -> {
        clear(attempt, parent);
        forgetOthers(attempt, index, parent);
        complete(attempt, parent, time, false);
      }
      case REPEAT -> repeat(attempt, index, parent, time);
      case EVERY -> {
        if ((attempt.flags & layout.everyFlags[parent]) == 0) {
          attempt.flags |= layout.everyFlags[parent];
          spawner.spawn(attempt, parent, time);
        }
        complete(attempt, parent, time, goesOn);
      }
      case WITHIN -> {
        attempt.flags |= layout.doneFlags[parent];
        if (!goesOn) {
          attempt.dues[layout.timers[parent]] = Attempt.NONE;
        }
        complete(attempt, parent, time, goesOn);
      }
      case EVENT, ABSENCE -> throw new IllegalStateException("nothing is part of an event");
    }
  }

  /**
   * What other sides have taken is no part of the match. Where all of it is repeated, it may be
   * part of an earlier round, and stays.
   */
  private void forgetOthers(Attempt attempt, int side, int parent) {
    if (!layout.isRepeated[parent]) {
      attempt.forgotten |= attempt.taken & layout.inside[parent] & ~layout.inside[side];
      attempt.taken &= ~layout.inside[parent] | layout.inside[side];
    }
  }

  private void completeStep(Attempt attempt, int index, int sequence, long time, boolean goesOn) {
    int[] steps = layout.parts(sequence);
    int place = layout.places[index];
    for (int before = 0; before < place; before++) {
      clear(attempt, steps[before]);
    }
    if (place + 1 < steps.length) {
      enterStep(attempt, sequence, place + 1, time);
    } else {
      complete(attempt, sequence, time, goesOn);
    }
  }

  private void repeat(Attempt attempt, int part, int repeat, long time) {
    Instruction it = layout.instruction(repeat);
    clear(attempt, part);
    long count = ++attempt.counts[layout.counts[repeat]];
    boolean isComplete = count >= it.min();
    boolean goesOn = count < it.max() && (!isComplete || layout.goesOn[repeat]);
    if (goesOn) {
      enter(attempt, part, time);
      attempt.flags |= layout.unbrokenFlags[repeat];
      attempt.flagged |= layout.unbrokenFlags[repeat];
    }
    if (isComplete) {
      complete(attempt, repeat, time, goesOn);
    }
  }

  private void fail(Attempt attempt, int index, long time) {
    clear(attempt, index);
    int parent = layout.parents[index];
    if (parent == ProgramLayout.NONE) {
      attempt.isFailed = true;
      return;
    }
    switch (layout.kind(parent)) {
      case ANY_OF -> {
        if ((attempt.waits & layout.inside[parent] & ~layout.guards) == 0) {
          fail(attempt, parent, time);
        }
      }
      case REPEAT -> {
        boolean isEnough =
            layout.goesOn[parent]
                && attempt.counts[layout.counts[parent]] >= layout.instruction(parent).min();
        clear(attempt, parent);
        if (!isEnough) {
          fail(attempt, parent, time);
        }
      }
      case EVERY -> {
        boolean isOpen = (attempt.flags & layout.everyFlags[parent]) == 0;
        if (isOpen && parent != layout.leadingEvery) {
          beginAgain(attempt, parent, time);
          attempt.hasBegunAgain = true;
        } else {
          fail(attempt, parent, time);
        }
      }
      default -> fail(attempt, parent, time);
    }
  }

  /** Nothing of it is waited for any more. */
  private void clear(Attempt attempt, int index) {
    close(
        attempt,
        layout.inside[index],
        layout.flagsInside[index] & layout.strict,
        layout.timersInside[index]);
  }

  /** Nothing of the parts is waited for any more. */
  private void clearParts(Attempt attempt, int index) {
    for (int part : layout.parts(index)) {
      clear(attempt, part);
    }
  }

  /** What stands before a variable is over when that is fulfilled. */
  private void close(Attempt attempt, int variable) {
    close(
        attempt,
        layout.closes[variable],
        layout.closedFlags[variable],
        layout.closedTimers[variable]);
  }

  private static void close(Attempt attempt, long variables, long flags, long timers) {
    attempt.waits &= ~variables;
    attempt.flags &= ~flags;
    for (long left = timers; left != 0; left &= left - 1) {
      attempt.dues[Long.numberOfTrailingZeros(left)] = Attempt.NONE;
    }
  }

  private void forget(Attempt attempt, int index) {
    attempt.forgotten |= layout.inside[index];
    attempt.taken &= ~layout.inside[index];
  }

  private static long later(long time, long millis) {
    long later = time + millis;
    return later < time ? Attempt.NONE - 1 : later;
  }
}
