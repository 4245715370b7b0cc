package io.millrace.operators.pattern;

import io.millrace.operators.pattern.PatternSpec.SkipMode;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Output;

/**
 * How attempts begin, go on and end.
 *
 * <p>One that has taken nothing is not kept: a flag of the key says that there is none, since the
 * last one is on its way, or has matched. But where time alone may complete what the pattern begins
 * with, it is an attempt like any other, from the key's first event on.
 */
final class Attempts {
  /** Of a key: that no attempt is to be begun with the next event. */
  private static final long AWAY = 1;

  /** Of a key: that a pattern that matches once has matched. */
  private static final long MATCHED = 2;

  private final PatternSpec spec;
  private final ProgramLayout layout;
  private final Matcher matcher;
  private final AttemptTable table;
  private final PatternEvent event;
  private final MatchRows out;

  /** The one that is dealt with. */
  private final Attempt current;

  private final Attempt other;
  private final Candidates ofKey = new Candidates();

  /** The number before which no attempt may have begun, since another one has matched. */
  private long skipped;

  /** Whether a match has dropped other attempts since that was asked last. */
  private boolean hasSkipped;

  /** Whether the event has completed what the pattern begins with EVERY of. */
  private boolean hasCompleted;

  Attempts(
      PatternSpec spec,
      ProgramLayout layout,
      AttemptTable table,
      PatternEvent event,
      MatchRows out) {
    this.spec = spec;
    this.layout = layout;
    this.matcher = new Matcher(layout, this::spawn);
    this.table = table;
    this.event = event;
    this.out = out;
    this.current = new Attempt(layout);
    this.other = new Attempt(layout);
  }

  /** Whether an event of a key, or of none that is known, may begin an attempt. */
  boolean mayBegin(int key) {
    return !layout.beginsByClock && (key == Chain.NONE || !table.keys().is(key, AWAY));
  }

  /** As {@link #mayBegin}, while the event is dealt with: what it completes begins behind it. */
  boolean mayStillBegin(int key) {
    return !hasCompleted && mayBegin(key);
  }

  /**
   * Whether another attempt begins when one fails, which has not been removed.
   *
   * @param failed where it stands then
   */
  boolean mayBeginBehind(Attempt failed) {
    int key = table.keyOf(failed.number);
    return !layout.beginsByClock && mayBeginAgain(failed, key, 1);
  }

  /** What is begun by EVERY goes on in another attempt; else it takes that none is left. */
  private boolean mayBeginAgain(Attempt failed, int key, int left) {
    return layout.leadingEvery == ProgramLayout.NONE
        ? !table.keys().is(key, MATCHED) && table.keys().count(key) == left
        : isOver(failed);
  }

  /** Whether no other attempt goes on in place of one that has failed. */
  private boolean isOver(Attempt attempt) {
    return (attempt.flags & layout.everies) == 0;
  }

  // What an event does.

  /** Takes the next event. */
  void beginEvent() {
    skipped = 0;
    hasSkipped = false;
    hasCompleted = false;
    out.becauseOfEvent();
  }

  /**
   * Gives the event to an attempt.
   *
   * @param variable what it is to it, or {@link Offers#NONE}
   * @param broken the variables of absences that it breaks
   * @param again what it is to it when it has begun a part again, or {@link Offers#NONE}
   */
  void offer(int attempt, int variable, long broken, int again, Output output) {
    table.load(current, attempt);
    if (variable >= 0) {
      takeBack(output);
      fill(variable);
    } else {
      matcher.pass(current, event.time());
    }
    if (broken != 0 && isAlive()) {
      matcher.forbid(current, broken, event.time());
    }
    if (again >= 0 && isAlive()) {
      if (!isSentStill()) {
        takeBack(output);
      }
      table.save(current);
      table.load(current, attempt);
      fill(again);
    }
    conclude(table.keyOf(attempt), output);
  }

  /**
   * Begins an attempt with the event, unless a match of the event says that none does.
   *
   * @return its key
   */
  int begin(int knownKey, int variable, Output output) {
    if (event.number() < skipped) {
      return knownKey;
    }
    int key = knownKey == Chain.NONE ? table.keys().make(event) : knownKey;
    table.keys().set(key, AWAY, true);
    current.clear();
    matcher.begin(current, event.time());
    current.beginStep();
    table.create(current, key);
    fill(variable);
    conclude(key, output);
    return key;
  }

  /** Whether a match has dropped other attempts, so that the event may be something else to all. */
  boolean takeSkipped() {
    boolean value = hasSkipped;
    hasSkipped = false;
    return value;
  }

  private boolean isAlive() {
    return !current.isMatched && !current.isFailed;
  }

  /** Gives the event to a variable. */
  private void fill(int variable) {
    if (current.first == 0) {
      current.first = event.number();
      current.firstTime = event.time();
      current.firstCause = event.batch().cause(event.row());
    }
    current.last = event.number();
    boolean isFirst = (current.taken >>> variable & 1) == 0;
    SkipMode mode = spec.skip().mode();
    if (spec.skip().variable() == variable
        && (mode == SkipMode.TO_LAST || (mode == SkipMode.TO_FIRST && isFirst))) {
      current.target = event.number();
    }
    table.add(variable, current.number, event.row());
    matcher.take(current, variable, event.time());
  }

  // What time does.

  /** Begins an attempt that time alone may bring on. */
  void beginByClock(int key, long time) {
    table.keys().set(key, AWAY, true);
    other.clear();
    matcher.begin(other, time);
    table.create(other, key);
    table.save(other);
  }

  /** Takes back what an event has begun for a key of which nothing was known before. */
  void forget(int key) {
    removeAll(key);
    table.keys().set(key, AWAY, false);
    table.keys().dropEmpty(key);
  }

  /** Removes all attempts of a key. */
  void removeAll(int key) {
    ofKey.clear();
    table.addAll(key, ofKey);
    for (int i = 0; i < ofKey.size(); i++) {
      table.remove(ofKey.number(i));
    }
  }

  /** Whether a key has attempts that have taken something, or that time takes on. */
  boolean areOnTheirWay(int key) {
    ofKey.clear();
    table.addAll(key, ofKey);
    for (int i = 0; i < ofKey.size(); i++) {
      table.load(other, ofKey.number(i));
      if (other.taken != 0 || other.firstDue() != Attempt.NONE) {
        return true;
      }
    }
    return false;
  }

  /**
   * Fires what is due of an attempt at a deadline, which is reached at a position.
   *
   * @param moment see {@code Batch.moments}
   */
  void fire(int attempt, long deadline, int position, long moment, Output output) {
    out.becauseOf(deadline, position, moment);
    table.load(current, attempt);
    int key = table.keyOf(attempt);
    while (current.firstDue() <= deadline && isAlive()) {
      matcher.fire(current);
    }
    if (waitsAlready(key)) {
      table.remove(attempt);
    } else {
      conclude(key, output);
    }
    if (!table.keys().dropEmpty(key)) {
      table.keys().touch(key, deadline);
    }
  }

  /**
   * Whether silence has brought the attempt to where another one waits already, which has taken
   * nothing either.
   */
  private boolean waitsAlready(int key) {
    if (current.taken != 0 || isOver(current) || !isAlive()) {
      return false;
    }
    ofKey.clear();
    table.addAll(key, ofKey);
    for (int i = 0; i < ofKey.size(); i++) {
      if (ofKey.number(i) != current.number && table.waitsLike(ofKey.number(i), current)) {
        return true;
      }
    }
    return false;
  }

  // What becomes of an attempt.

  private void conclude(int key, Output output) {
    if (!current.isMatched && !isSentStill()) {
      takeBack(output);
    }
    forget(current);
    if (current.isMatched) {
      if ((current.flags & ProgramLayout.SENT) == 0) {
        out.send(current, RowKind.INSERT, output);
      }
      end(key, output);
    } else if (current.isFailed) {
      drop(key, output);
    } else {
      boolean isSentNow = isSentNow();
      if (isSentNow) {
        current.flags |= ProgramLayout.SENT;
      }
      table.save(current);
      if (isSentNow) {
        out.send(current, RowKind.INSERT, output);
      }
    }
  }

  /** Whether only time can still break a match that has been sent, if one has. */
  private boolean isSentStill() {
    return !current.isFailed
        && layout.lastAbsence != ProgramLayout.NONE
        && (current.waits & layout.inside[layout.lastAbsence]) != 0;
  }

  /** Forgets what is no part of an attempt any more. */
  private void forget(Attempt attempt) {
    if ((attempt.forgotten >>> spec.skip().variable() & 1) != 0) {
      attempt.target = 0;
    }
    if (attempt.taken == 0) {
      attempt.first = 0;
      attempt.target = 0;
    }
    table.forget(attempt);
  }

  /** Whether it has become a match that only time can still break, and those are sent. */
  private boolean isSentNow() {
    return spec.early() != PatternSpec.Early.NO
        && layout.lastAbsence != ProgramLayout.NONE
        && (current.flags & ProgramLayout.SENT) == 0
        && (current.waits & layout.inside[layout.lastAbsence]) != 0;
  }

  /** Takes a match back that has been sent. */
  private void takeBack(Output output) {
    if ((current.flags & ProgramLayout.SENT) != 0) {
      current.flags &= ~ProgramLayout.SENT;
      if (spec.early() == PatternSpec.Early.SENT_AND_RETRACTED) {
        out.send(current, RowKind.DELETE, output);
      }
    }
  }

  /** Ends the attempt, which has matched, and those that the match skips. */
  private void end(int key, Output output) {
    if (layout.leadingEvery == ProgramLayout.NONE) {
      table.keys().set(key, MATCHED, true);
    }
    long target =
        switch (spec.skip().mode()) {
          case NONE -> 0;
          case PAST_LAST_ROW -> current.last + 1;
          case TO_NEXT_ROW -> current.first + 1;
          case TO_FIRST, TO_LAST -> current.target;
        };
    table.remove(current.number);
    skipped = Math.max(skipped, target);
    if (target > 0) {
      ofKey.clear();
      table.addAll(key, ofKey);
      ofKey.arrange();
      for (int i = 0; i < ofKey.size(); i++) {
        long first = table.first(ofKey.number(i));
        if (first > 0 && first < target) {
          table.load(current, ofKey.number(i));
          drop(key, output);
          hasSkipped = true;
        }
      }
    }
  }

  /** Removes the attempt, which has failed; another one begins, if need be. */
  private void drop(int key, Output output) {
    takeBack(output);
    table.remove(current.number);
    if (mayBeginAgain(current, key, 0)) {
      table.keys().set(key, AWAY, false);
      if (layout.beginsByClock) {
        beginByClock(key, out.time());
      }
    }
  }

  /** Begins another attempt at an EVERY that the attempt has completed. */
  private void spawn(Attempt attempt, int every, long time) {
    int key = table.keyOf(attempt.number);
    if (every == layout.leadingEvery && !layout.beginsByClock) {
      table.keys().set(key, AWAY, false);
      hasCompleted = true;
      return;
    }
    other.copyOf(attempt);
    other.flags &= ~ProgramLayout.SENT;
    matcher.beginAgain(other, every, time);
    other.forgotten |= attempt.forgotten;
    table.create(other, key);
    table.copyKept(attempt.number, other.number);
    forget(other);
    table.save(other);
  }
}
