package io.millrace.connectors.generator;

/**
 * The random numbers of one value: they depend on the seed, the column and the row alone
 * (SplitMix64; Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Used
 * by one thread, again and again.
 */
final class Draw {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private final long seed;
  private long row;
  private long timeMillis;
  private long state;

  Draw(long seed) {
    this.seed = mix(seed + GOLDEN);
  }

  /** Begins a value. */
  void begin(long rowNumber, long rowtime, int column) {
    row = rowNumber;
    timeMillis = rowtime;
    state = mix(seed ^ mix(rowNumber * GOLDEN + column));
  }

  /** The number of the row, from 0. */
  long row() {
    return row;
  }

  /** The event time of the row. */
  long timeMillis() {
    return timeMillis;
  }

  long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Evenly from 0 to below 1. */
  double nextDouble() {
    return (nextLong() >>> 11) * UNIT;
  }

  /** Evenly from {@code least} to {@code greatest}, both included. */
  long nextLong(long least, long greatest) {
    long size = greatest - least + 1;
    if (size <= 0) {
      return size == 0 ? nextLong() : fromWide(least, greatest);
    }
    // The upper half of a 128-bit product; the bias is below size / 2^64 (Lemire, 2019).
    return least + unsignedMultiplyHigh(nextLong(), size);
  }

  /** From the standard normal distribution (Box and Muller, 1958). */
  double nextNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  private long fromWide(long least, long greatest) {
    long value = nextLong();
    while (value < least || value > greatest) {
      value = nextLong();
    }
    return value;
  }

  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
