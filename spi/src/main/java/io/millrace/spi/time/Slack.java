package io.millrace.spi.time;

/** How far the watermark of a source partition stays behind the greatest time of its rows. */
public sealed interface Slack {
  /** The watermark is the greatest time itself. */
  Slack NONE = new Fixed(0);

  /** Always as far: rows come up to {@code millis} late. */
  record Fixed(long millis) implements Slack {}

  /**
   * As far as rows were late lately, see {@link LargestDelay}.
   *
   * @param mostMillis but never farther than that
   */
  record Adaptive(long mostMillis) implements Slack {}

  /**
   * As far as a share of the rows was late lately, see {@link DelayQuantile}.
   *
   * @param share above 0, up to 1
   * @param mostMillis but never farther than that
   */
  record Quality(double share, long mostMillis) implements Slack {}
}
