package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a sum of doubles that would spoil the rest: NaNs and infinities, which are counted,
 * and values so great that they might overflow, which are summed on a smaller scale. Kept apart by
 * value, so that one that leaves a window leaves no residue.
 */
public final class ExtremeDoubles {
  /**
   * What is not below this in its absolute value belongs here; no sum of values below it overflows.
   */
  public static final double LIMIT = 0x1p960;

  /** Saves and restores the part. */
  public static final StateCodec<ExtremeDoubles> CODEC = new Codec();

  private static final double SCALE = 0x1p-64;

  private long nan;
  private long positive;
  private long negative;
  private long great;
  private double greatSum;
  private double greatError;

  public void add(double value) {
    change(value, 1);
  }

  public void remove(double value) {
    change(value, -1);
  }

  private void change(double value, int weight) {
    if (Double.isNaN(value)) {
      nan += weight;
    } else if (value == Double.POSITIVE_INFINITY) {
      positive += weight;
    } else if (value == Double.NEGATIVE_INFINITY) {
      negative += weight;
    } else {
      changeGreat(value * SCALE * weight, weight);
    }
  }

  private void changeGreat(double value, int weight) {
    great += weight;
    double before = greatSum;
    greatSum = before + value;
    greatError +=
        Math.abs(before) >= Math.abs(value)
            ? (before - greatSum) + value
            : (value - greatSum) + before;
    if (great == 0) {
      greatSum = 0;
      greatError = 0;
    }
  }

  /**
   * A whole sum.
   *
   * @param rest the compensated sum of the other values
   * @param extremes null if there were none
   */
  public static double sum(double rest, @Nullable ExtremeDoubles extremes) {
    return extremes == null ? rest : extremes.sumWith(rest);
  }

  private double sumWith(double rest) {
    if (nan > 0 || (positive > 0 && negative > 0)) {
      return Double.NaN;
    }
    if (positive > 0 || negative > 0) {
      return positive > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return great == 0 ? rest : (greatSum + (greatError + rest * SCALE)) / SCALE;
  }

  private static final class Codec implements StateCodec<ExtremeDoubles> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(ExtremeDoubles extremes, DataOutput out) throws IOException {
      out.writeLong(extremes.nan);
      out.writeLong(extremes.positive);
      out.writeLong(extremes.negative);
      out.writeLong(extremes.great);
      out.writeDouble(extremes.greatSum);
      out.writeDouble(extremes.greatError);
    }

    @Override
    public ExtremeDoubles read(int version, DataInput in) throws IOException {
      ExtremeDoubles extremes = new ExtremeDoubles();
      extremes.nan = in.readLong();
      extremes.positive = in.readLong();
      extremes.negative = in.readLong();
      extremes.great = in.readLong();
      extremes.greatSum = in.readDouble();
      extremes.greatError = in.readDouble();
      return extremes;
    }
  }
}
