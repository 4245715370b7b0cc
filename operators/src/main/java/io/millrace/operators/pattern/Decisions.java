package io.millrace.operators.pattern;

import java.util.Arrays;

/**
 * What an event is to each attempt that it is offered to, found out before anything changes: if a
 * condition fails for one of them, the event changes nothing.
 */
final class Decisions {
  private final ProgramLayout layout;
  private final Matcher matcher;
  private final AttemptTable table;
  private final Attempts attempts;
  private final Offers offers;
  private final PatternEvent event;
  private final Attempt current;
  private final Attempt trial;

  /** One that begins with the event, and has not taken it. */
  private final Attempt fresh;

  /** By candidate what the event is to it, and to it once it has begun a part again. */
  private int[] taken = new int[16];

  private long[] broken = new long[16];
  private int[] takenAgain = new int[16];

  /** By candidate whether something of it had to be the very next event, and was not. */
  private boolean[] isPassed = new boolean[16];

  /** By candidate the EVERY that begins with a repeat of it that has taken the event, or none. */
  private int[] repeated = new int[16];

  private long[] firsts = new long[16];

  /** By EVERY that begins with a repeat the first event of the attempt that has taken the event. */
  private final long[] takenBy;

  private boolean anyTakenBy;

  Decisions(
      ProgramLayout layout,
      AttemptTable table,
      Attempts attempts,
      Offers offers,
      PatternEvent event) {
    this.layout = layout;
    this.matcher = new Matcher(layout, (attempt, every, time) -> {});
    this.table = table;
    this.attempts = attempts;
    this.offers = offers;
    this.event = event;
    this.current = new Attempt(layout);
    this.trial = new Attempt(layout);
    this.fresh = new Attempt(layout);
    this.fresh.clear();
    if (!layout.beginsByClock) {
      matcher.begin(fresh, 0);
    }
    this.takenBy = new long[layout.size()];
  }

  /** The variable that the event fills for a candidate, or {@link Offers#NONE}. */
  int taken(int candidate) {
    return taken[candidate];
  }

  /** Whether the event means anything to a candidate. */
  boolean concerns(int candidate) {
    return taken[candidate] >= 0 || broken[candidate] != 0 || isPassed[candidate];
  }

  /** The variables of absences of a candidate that the event breaks. */
  long broken(int candidate) {
    return broken[candidate];
  }

  /** As {@link #taken}, when the candidate has begun a part again since the event broke it. */
  int takenAgain(int candidate) {
    return takenAgain[candidate];
  }

  /**
   * Decides for candidates and, as one more behind them, for an attempt that begins with the event.
   *
   * @param from the first candidate that is asked; those before have been dealt with
   * @param begins whether an attempt may begin, whatever becomes of the candidates
   * @return whether that could be said; {@link Offers#error} says why not
   */
  boolean decide(Candidates candidates, int from, boolean begins) {
    int count = candidates.size();
    ensureRoom(count + 1);
    beginRepeats(from);
    boolean mayBegin = begins;
    for (int i = from; i < count; i++) {
      if ((i - from) % CandidateRows.MOST == 0) {
        offers.ask(candidates, i);
      }
      takenAgain[i] = Offers.NONE;
      isPassed[i] = false;
      repeated[i] = ProgramLayout.NONE;
      if (!table.isThere(candidates.number(i), candidates.id(i))) {
        taken[i] = Offers.NONE;
        broken[i] = 0;
        continue;
      }
      table.loadWaits(current, candidates.number(i));
      taken[i] = offers.offer(current, suppressed(current));
      broken[i] = offers.broken();
      if (taken[i] >= 0) {
        noteRepeat(i);
      } else if (taken[i] == Offers.NONE && (current.flags & layout.strict) != 0) {
        mayBegin |= pass(i);
      }
      if (taken[i] == Offers.FAILED || takenAgain[i] == Offers.FAILED) {
        return false;
      }
    }
    taken[count] = mayBegin ? ofNew() : Offers.NONE;
    return taken[count] != Offers.FAILED;
  }

  private void ensureRoom(int count) {
    if (taken.length < count) {
      taken = Arrays.copyOf(taken, 2 * count);
      broken = Arrays.copyOf(broken, 2 * count);
      takenAgain = Arrays.copyOf(takenAgain, 2 * count);
      isPassed = Arrays.copyOf(isPassed, 2 * count);
      repeated = Arrays.copyOf(repeated, 2 * count);
      firsts = Arrays.copyOf(firsts, 2 * count);
    }
  }

  /** Notes again which repeats those have that are dealt with. */
  private void beginRepeats(int dealtWith) {
    if (anyTakenBy) {
      Arrays.fill(takenBy, 0);
      anyTakenBy = false;
    }
    for (int i = 0; i < dealtWith; i++) {
      if (repeated[i] != ProgramLayout.NONE) {
        takenBy[repeated[i]] = firsts[i];
        anyTakenBy = true;
      }
    }
  }

  /**
   * Finds out what becomes of a candidate that the event breaks.
   *
   * @return whether another attempt begins with the event
   */
  private boolean pass(int candidate) {
    isPassed[candidate] = true;
    table.load(trial, current.number);
    matcher.pass(trial, event.time());
    if (!trial.isBroken) {
      return false;
    }
    if (trial.isFailed) {
      return attempts.mayBeginBehind(trial);
    }
    if (trial.hasBegunAgain) {
      takenAgain[candidate] = offers.offer(trial, 0);
    }
    return false;
  }

  private int ofNew() {
    return offers.offer(fresh, suppressed(fresh));
  }

  /** Notes that a repeat with which an EVERY begins has taken the event. */
  private void noteRepeat(int candidate) {
    int every = layout.repeatedFirst[taken[candidate]];
    if (every != ProgramLayout.NONE && (current.taken >>> taken[candidate] & 1) != 0) {
      repeated[candidate] = every;
      firsts[candidate] = current.first;
      takenBy[every] = current.first;
      anyTakenBy = true;
    }
  }

  /** The variables that the event must not fill, since such a repeat has taken it. */
  private long suppressed(Attempt attempt) {
    long variables = 0;
    for (int every = 0; anyTakenBy && every < takenBy.length; every++) {
      boolean isOther =
          takenBy[every] != 0
              && (attempt.taken & layout.inside[every]) == 0
              && (attempt.first == 0 || attempt.first == takenBy[every]);
      for (int i = 0; isOther && i < layout.repeatedFirst.length; i++) {
        variables |= layout.repeatedFirst[i] == every ? 1L << i : 0;
      }
    }
    return variables;
  }
}
