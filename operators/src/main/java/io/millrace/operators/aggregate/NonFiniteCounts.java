package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How many NaNs and infinities a sum of doubles holds. They are counted apart from the finite
 * values, so that one that has left a window leaves no residue.
 */
public final class NonFiniteCounts {
  /** Saves and restores counts. */
  public static final StateCodec<NonFiniteCounts> CODEC = new Codec();

  private long nan;
  private long positive;
  private long negative;

  /** Counts a value that is not finite, {@code weight} times. */
  public void add(double value, long weight) {
    if (Double.isNaN(value)) {
      nan += weight;
    } else if (value > 0) {
      positive += weight;
    } else {
      negative += weight;
    }
  }

  public boolean isEmpty() {
    return nan == 0 && positive == 0 && negative == 0;
  }

  /** The sum of a finite sum and the counted values; {@code counts} is null if there were none. */
  public static double sum(double finite, @Nullable NonFiniteCounts counts) {
    return counts == null || counts.isEmpty() ? finite : counts.sum();
  }

  private double sum() {
    if (nan > 0 || (positive > 0 && negative > 0)) {
      return Double.NaN;
    }
    return positive > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private static final class Codec implements StateCodec<NonFiniteCounts> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(NonFiniteCounts counts, DataOutput out) throws IOException {
      out.writeLong(counts.nan);
      out.writeLong(counts.positive);
      out.writeLong(counts.negative);
    }

    @Override
    public NonFiniteCounts read(int version, DataInput in) throws IOException {
      NonFiniteCounts counts = new NonFiniteCounts();
      counts.nan = in.readLong();
      counts.positive = in.readLong();
      counts.negative = in.readLong();
      return counts;
    }
  }
}
