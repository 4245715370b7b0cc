package io.millrace.runtime.source;

import io.millrace.spi.time.Clock;

/**
 * Which rows of a source are left out because they come too late to be worth their work. Called by
 * the thread that polls.
 */
public interface ShedPolicy {
  /** Takes all rows. */
  ShedPolicy NONE =
      new ShedPolicy() {
        @Override
        public long oldestTaken(Clock clock) {
          return Long.MIN_VALUE;
        }

        @Override
        public void shed(int rows) {
          throw new IllegalStateException("no row is too old");
        }
      };

  /**
   * The smallest record time with which rows are taken; those of older records are left out. Asked
   * before each poll. Rows of records without a time are taken.
   *
   * @param clock that of the source
   */
  long oldestTaken(Clock clock);

  /** Some rows have been left out. */
  void shed(int rows);
}
