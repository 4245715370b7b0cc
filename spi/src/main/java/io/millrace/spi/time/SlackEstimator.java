package io.millrace.spi.time;

import java.util.Arrays;
import java.util.Optional;

/**
 * Measures by how much the rows of one source partition come late, and says how far the watermark
 * has to stay behind. Looks at the times of the rows alone, in their order, so that the same rows
 * have the same watermarks wherever and however often they are read.
 */
abstract sealed class SlackEstimator permits LargestDelay, DelayQuantile {
  /** For how many rows a delay is remembered. */
  static final int HORIZON = 1_000;

  private long greatest = Timeline.NEVER;

  /** What measures for a slack; empty for one that is fixed. */
  static Optional<SlackEstimator> of(Slack slack) {
    if (slack instanceof Slack.Adaptive adaptive) {
      return Optional.of(new LargestDelay(adaptive.mostMillis()));
    }
    if (slack instanceof Slack.Quality quality) {
      return Optional.of(new DelayQuantile(quality.share(), quality.mostMillis()));
    }
    return Optional.empty();
  }

  /**
   * Takes the time of the next row.
   *
   * @return the watermark behind this row, which may be smaller than one before
   */
  final long watermarkAfter(long rowtime) {
    greatest = Math.max(greatest, rowtime);
    return less(greatest, slackAfter(minus(greatest, rowtime)));
  }

  /** What the watermark would be behind a row of a time, if its delay changed nothing. */
  final long watermarkAt(long rowtime) {
    return less(Math.max(greatest, rowtime), slack());
  }

  private static long less(long time, long slack) {
    return time < Timeline.NEVER + 1 + slack ? Timeline.NEVER + 1 : time - slack;
  }

  /** A difference of times that may be too large for a long. */
  private static long minus(long greater, long smaller) {
    long difference = greater - smaller;
    return difference < 0 ? Long.MAX_VALUE : difference;
  }

  /**
   * Takes the delay of the next row.
   *
   * @param delay in milliseconds behind the greatest time before it; 0 for a row in order
   * @return the slack from this row on, in milliseconds
   */
  abstract long slackAfter(long delay);

  /** The slack from the last row on, in milliseconds. */
  abstract long slack();

  /** All that it knows, for {@link #restore}. */
  final long[] save() {
    long[] measured = saveMeasured();
    long[] saved = new long[2 + measured.length];
    saved[0] = kind();
    saved[1] = greatest;
    System.arraycopy(measured, 0, saved, 2, measured.length);
    return saved;
  }

  /**
   * Goes on from what was saved. Begins anew from what another kind has saved: the slack has become
   * another one since.
   */
  final void restore(long[] saved) {
    if (saved.length >= 2 && saved[0] == kind()) {
      greatest = saved[1];
      restoreMeasured(Arrays.copyOfRange(saved, 2, saved.length));
    }
  }

  /** Tells what is saved apart; never changes. */
  abstract int kind();

  abstract long[] saveMeasured();

  abstract void restoreMeasured(long[] measured);
}
