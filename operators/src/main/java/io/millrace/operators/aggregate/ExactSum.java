package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A sum without rounding, so that what is taken back leaves nothing behind, and that the order in
 * which numbers come does not matter; its size is bounded by the range of its numbers, never by
 * their count (as that of the long accumulator of Kulisch, "Computer Arithmetic and Validity",
 * 2008, chapter 8). Numbers that are not finite are counted apart.
 */
public final class ExactSum {
  /** Saves and restores a sum. */
  public static final StateCodec<ExactSum> CODEC = new Codec();

  /** From this size on, zeros at the end are taken off: the smallest numbers may have left. */
  private static final int MOST_BITS = 512;

  private ExactNumber sum = ExactNumber.ZERO;
  private long notFinite;

  public void add(ExactNumber number) {
    if (number.isFinite()) {
      set(sum.plus(number));
    } else {
      notFinite++;
    }
  }

  /** Takes a number back that had been added. */
  public void remove(ExactNumber number) {
    if (number.isFinite()) {
      set(sum.minus(number));
    } else {
      notFinite--;
    }
  }

  public void addAll(ExactSum other) {
    set(sum.plus(other.sum));
    notFinite += other.notFinite;
  }

  private void set(ExactNumber value) {
    int bits = value.units().bitLength();
    if (bits == 0) {
      sum = ExactNumber.ZERO;
    } else if (bits > MOST_BITS) {
      int zeros = value.units().getLowestSetBit();
      sum = new ExactNumber(value.units().shiftRight(zeros), value.exponent() + zeros);
    } else {
      sum = value;
    }
  }

  /** Whether all numbers are finite; otherwise the sum means nothing. */
  boolean isFinite() {
    return notFinite == 0;
  }

  ExactNumber get() {
    return sum;
  }

  private static final class Codec implements StateCodec<ExactSum> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(ExactSum sum, DataOutput out) throws IOException {
      out.writeLong(sum.notFinite);
      out.writeInt(sum.sum.exponent());
      byte[] units = sum.sum.units().toByteArray();
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
      sum.sum = new ExactNumber(new BigInteger(units), exponent);
      return sum;
    }
  }
}
