package io.millrace.operators.window;

/**
 * Tumbling windows {@code [start, start + size)} aligned at {@code offset + k * size}: pure
 * arithmetic on time in milliseconds. Windows may begin before the epoch.
 *
 * @param sizeMillis the length, positive
 * @param offsetMillis where one begins, {@code 0 <= offset < size}
 */
public record WindowAssigner(long sizeMillis, long offsetMillis) {
  public WindowAssigner {
    if (sizeMillis <= 0 || offsetMillis < 0 || offsetMillis >= sizeMillis) {
      throw new IllegalArgumentException(
          "not a window: size " + sizeMillis + " ms, offset " + offsetMillis + " ms");
    }
  }

  /** The start of the window that {@code time} is in. */
  public long start(long time) {
    return time - Math.floorMod(time - offsetMillis, sizeMillis);
  }

  /**
   * The end of the window that begins at {@code start}; the end of time if there is none before.
   */
  public long end(long start) {
    return start > Long.MAX_VALUE - sizeMillis ? Long.MAX_VALUE : start + sizeMillis;
  }
}
