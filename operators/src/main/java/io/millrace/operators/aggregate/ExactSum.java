package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A sum without rounding, so that what is taken back leaves nothing behind, and that the order in
 * which numbers come does not matter; its size is bounded by the range of its numbers, never by
 * their count (as that of the long accumulator of Kulisch, "Computer Arithmetic and Validity",
 * 2008, chapter 8). Numbers that are not finite are counted apart.
 */
public final class ExactSum {
  /** Saves and restores a sum. */
  public static final StateCodec<ExactSum> CODEC = new Codec();

  /** The sum while all of its numbers have fitted. */
  private @Nullable NarrowNumber narrow = new NarrowNumber();

  /** The sum where {@link #narrow} was too narrow; it is zero where it is so itself. */
  private @Nullable WideNumber wide;

  /** The sum where {@link #wide} is too narrow; null where it is not. */
  private @Nullable ExactNumber large;

  private long notFinite;

  public void add(double value) {
    NarrowNumber sum = narrow;
    if (sum == null || !sum.add(value)) {
      addTimes(value, 1);
    }
  }

  /** Takes a number back that had been added. */
  public void remove(double value) {
    NarrowNumber sum = narrow;
    if (sum == null || !sum.add(-value)) {
      addTimes(value, -1);
    }
  }

  public void addProduct(double x, double y) {
    NarrowNumber sum = narrow;
    if (sum == null || !sum.addProduct(x, y)) {
      addTimes(x, y, 1);
    }
  }

  public void removeProduct(double x, double y) {
    NarrowNumber sum = narrow;
    if (sum == null || !sum.addProduct(-x, y)) {
      addTimes(x, y, -1);
    }
  }

  public void add(long value) {
    NarrowNumber sum = narrow;
    if (sum == null || !sum.add(value)) {
      addUnits(value >> (Long.SIZE - 1), value, 0);
    }
  }

  public void remove(long value) {
    NarrowNumber sum = narrow;
    if (sum == null || !sum.add(-value)) {
      addNegated(value >> (Long.SIZE - 1), value, 0);
    }
  }

  public void addProduct(long x, long y) {
    NarrowNumber sum = narrow;
    if (sum == null || !sum.addProduct(x, y)) {
      addUnits(Math.multiplyHigh(x, y), x * y, 0);
    }
  }

  public void removeProduct(long x, long y) {
    NarrowNumber sum = narrow;
    if (sum == null || !sum.addProduct(-x, y)) {
      addNegated(Math.multiplyHigh(x, y), x * y, 0);
    }
  }

  /** Adds a number that is neither a double nor a long, or a product of two kinds. */
  public void add(ExactNumber number) {
    if (number.isFinite()) {
      wide();
      set(get().plus(number));
    } else {
      notFinite++;
    }
  }

  public void remove(ExactNumber number) {
    if (number.isFinite()) {
      wide();
      set(get().minus(number));
    } else {
      notFinite--;
    }
  }

  public void addAll(ExactSum other) {
    notFinite += other.notFinite;
    if (narrow != null && other.narrow != null && narrow.add(other.narrow)) {
      return;
    }
    WideNumber sum = wide();
    if (large != null || !sum.add(other.wide()) || other.large != null) {
      set(get().plus(other.get()));
    }
  }

  private void addTimes(double value, int times) {
    if (Double.isFinite(value)) {
      long units = times * ExactNumber.unitsOf(value);
      addUnits(units >> (Long.SIZE - 1), units, ExactNumber.exponentOf(value));
    } else {
      notFinite += times;
    }
  }

  private void addTimes(double x, double y, int times) {
    if (Double.isFinite(x) && Double.isFinite(y)) {
      long first = times * ExactNumber.unitsOf(x);
      long second = ExactNumber.unitsOf(y);
      int exponent = ExactNumber.exponentOf(x) + ExactNumber.exponentOf(y);
      addUnits(Math.multiplyHigh(first, second), first * second, exponent);
    } else {
      notFinite += times;
    }
  }

  private void addNegated(long high, long low, int exponent) {
    addUnits(~high + (low == 0 ? 1 : 0), -low, exponent);
  }

  private void addUnits(long high, long low, int exponent) {
    if ((high | low) == 0) {
      return;
    }
    WideNumber sum = wide();
    if (large != null || !sum.add(high, low, exponent)) {
      set(get().plus(ExactNumber.of(high, low, exponent)));
    }
  }

  private void begin(ExactNumber value) {
    if (narrow == null || !narrow.set(value)) {
      wide();
      set(value);
    }
  }

  /** The sum is in this number from now on, or in {@link #large}. */
  private WideNumber wide() {
    WideNumber sum = wide;
    if (sum == null) {
      sum = new WideNumber();
      wide = sum;
      NarrowNumber before = narrow;
      narrow = null;
      if (before != null) {
        set(before.toExact());
      }
    }
    return sum;
  }

  /** The smallest numbers may have left: a number that is large because of them no longer is. */
  private void set(ExactNumber value) {
    ExactNumber odd = value.withoutZeros();
    large = wide().set(odd) ? null : odd;
  }

  /** The sum if it is of few bits; null if it may be of more. */
  @Nullable NarrowNumber narrow() {
    return narrow;
  }

  /** Whether all numbers are finite; otherwise the sum means nothing. */
  boolean isFinite() {
    return notFinite == 0;
  }

  /** The sum, whose units are odd, or 0. */
  ExactNumber get() {
    if (narrow != null) {
      return narrow.toExact().withoutZeros();
    }
    return large != null ? large : wide().toExact().withoutZeros();
  }

  /** The sum to 106 bits, {@link Twofold#UNKNOWN} if it is too large or small for that. */
  Twofold toTwofold() {
    if (narrow != null) {
      return narrow.toTwofold();
    }
    return large != null ? Twofold.UNKNOWN : wide().toTwofold();
  }

  private static final class Codec implements StateCodec<ExactSum> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(ExactSum sum, DataOutput out) throws IOException {
      out.writeLong(sum.notFinite);
      ExactNumber value = sum.get();
      out.writeInt(value.exponent());
      byte[] units = value.units().toByteArray();
      out.writeInt(units.length);
      out.write(units);
    }

    @Override
    public ExactSum read(int version, DataInput in) throws IOException {
      ExactSum sum = new ExactSum();
      sum.notFinite = in.readLong();
      int exponent = in.readInt();
      byte[] units = new byte[in.readInt()];
      in.readFully(units);
      sum.begin(new ExactNumber(new BigInteger(units), exponent));
      return sum;
    }
  }
}
