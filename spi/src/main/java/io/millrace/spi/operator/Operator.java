package io.millrace.spi.operator;

import io.millrace.spi.data.Batch;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * An algorithm over rows. An instance belongs to one task and is called by one thread at a time: it
 * has no locks and no threads, reads no clock, and keeps between calls nothing but the state that
 * it has declared (and what can be computed from it).
 *
 * <p>The calls of one turn (see {@link Timeline}): {@link #process} any number of times, also none,
 * for each input, rows in the order of their positions; then {@link #onTime} once, if the operator
 * was declared to be time-driven. What the operator emits must not depend on how the rows of a
 * turn, or the turns, were cut.
 */
public interface Operator {
  /** Called once, before anything else: declares state. */
  void open(OperatorContext context);

  /**
   * Takes rows of an input. Deadlines that time reaches at an advance before a row's position are
   * dealt with before that row: an advance {@code d} is before a row of code {@code c} if {@code 2d
   * < c}.
   */
  void process(int input, Batch batch, Output output);

  /**
   * Takes the progress of time to the end of the turn: what is due by {@code timeline} and was not
   * dealt with is dealt with now.
   *
   * @return true while more is due, so that the caller may pause and call again
   */
  boolean onTime(TimeDomain domain, Timeline timeline, Output output);
}
