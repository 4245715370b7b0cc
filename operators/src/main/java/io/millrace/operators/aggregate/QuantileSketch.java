package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.operators.values.DoubleMath;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Approximate percentiles: of up to {@value #MOST_EXACT} different numbers exact; of more, numbers
 * are rounded to seven bits behind the first, so that a percentile is less than 0.4 percent away
 * from one of the right rank, and what is held is bounded by the range of the numbers, never by
 * their count (logarithmic buckets as in Masson, Rim and Lee, DDSketch, 2019). The least and the
 * greatest number are exact.
 *
 * <p>It depends on the numbers alone: not on the order in which they came, nor on how parts were
 * put together, as sketches do that move centroids.
 */
public final class QuantileSketch {
  /** Saves and restores sketches. */
  public static final StateCodec<QuantileSketch> CODEC = new Codec();

  static final int MOST_EXACT = 512;

  /** The last bits of a double that rounding drops. */
  private static final int DROPPED_BITS = 52 - 7;

  private RankedNumbers numbers = new RankedNumbers();
  private boolean isRounded;
  private double least;
  private double greatest;

  public void add(double number) {
    double zeroed = number + 0.0;
    span(zeroed, zeroed);
    add((Double) zeroed, 1);
  }

  /** Takes the least and the greatest of numbers in, of which none has been added. */
  private void span(double from, double to) {
    boolean isFirst = numbers.distinct() == 0;
    least = isFirst || Comparisons.compare(from, least) < 0 ? from : least;
    greatest = isFirst || Comparisons.compare(to, greatest) > 0 ? to : greatest;
  }

  private void add(Object number, long times) {
    numbers.add(isRounded ? rounded((Double) number) : number, times);
    if (!isRounded && numbers.distinct() > MOST_EXACT) {
      round();
    }
  }

  private void round() {
    RankedNumbers exact = numbers;
    numbers = new RankedNumbers();
    isRounded = true;
    exact.forEach(this::add);
  }

  /** Adds all numbers of another sketch. */
  public void addAll(QuantileSketch other) {
    if (other.numbers.distinct() == 0) {
      return;
    }
    span(other.least, other.greatest);
    if (other.isRounded && !isRounded) {
      round();
    }
    other.numbers.forEach(this::add);
  }

  /** The middle of the numbers that a number is not told from. */
  private static Double rounded(double number) {
    long bucket = DoubleMath.toSortable(number) >> DROPPED_BITS;
    double from = DoubleMath.ofSortable(bucket << DROPPED_BITS);
    double to = DoubleMath.ofSortable(((bucket + 1) << DROPPED_BITS) - 1);
    if (Double.isFinite(from) && Double.isFinite(to)) {
      return from == 0 || to == 0 ? 0.0 : from + (to - from) / 2;
    }
    return number;
  }

  /**
   * The number below which a fraction of the others is; there must be a number.
   *
   * @param fraction from 0 to 1
   */
  public double percentile(BigDecimal fraction) {
    if (fraction.signum() == 0) {
      return least;
    }
    if (fraction.compareTo(BigDecimal.ONE) == 0) {
      return greatest;
    }
    double percentile = numbers.percentile(fraction);
    if (Comparisons.compare(percentile, least) < 0) {
      return least;
    }
    return Comparisons.compare(percentile, greatest) > 0 ? greatest : percentile;
  }

  private static final class Codec implements StateCodec<QuantileSketch> {
    private static final StateCodec<RankedNumbers> NUMBERS = RankedNumbers.codec(DataType.DOUBLE);

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(QuantileSketch sketch, DataOutput out) throws IOException {
      out.writeBoolean(sketch.isRounded);
      out.writeDouble(sketch.least);
      out.writeDouble(sketch.greatest);
      NUMBERS.write(sketch.numbers, out);
    }

    @Override
    public QuantileSketch read(int version, DataInput in) throws IOException {
      QuantileSketch sketch = new QuantileSketch();
      sketch.isRounded = in.readBoolean();
      sketch.least = in.readDouble();
      sketch.greatest = in.readDouble();
      sketch.numbers = NUMBERS.read(NUMBERS.version(), in);
      return sketch;
    }
  }
}
