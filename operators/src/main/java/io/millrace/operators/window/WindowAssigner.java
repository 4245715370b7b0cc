package io.millrace.operators.window;

/**
 * Tumbling windows {@code [start, start + size)} aligned at {@code offset + k * size}.
 *
 * @param sizeMillis the length, positive
 * @param offsetMillis where one begins, {@code 0 <= offset < size}
 */
public record WindowAssigner(long sizeMillis, long offsetMillis) implements WindowGrid {
  public WindowAssigner {
    if (sizeMillis <= 0 || offsetMillis < 0 || offsetMillis >= sizeMillis) {
      throw new IllegalArgumentException(
          "not a window: size " + sizeMillis + " ms, offset " + offsetMillis + " ms");
    }
  }

  @Override
  public long start(long time) {
    long start = time - elapsed(time);
    return start > time ? Long.MIN_VALUE : start;
  }

  @Override
  public long end(long start) {
    if (start == Long.MIN_VALUE) {
      return start - elapsed(start) + sizeMillis;
    }
    return start > Long.MAX_VALUE - sizeMillis ? Long.MAX_VALUE : start + sizeMillis;
  }

  @Override
  public String describe() {
    return "TumblingWindow " + sizeMillis + " ms";
  }

  /** How far {@code time} is into its window. */
  private long elapsed(long time) {
    long elapsed = Math.floorMod(time, sizeMillis) - offsetMillis;
    return elapsed < 0 ? elapsed + sizeMillis : elapsed;
  }
}
