package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * About how many different values there are, in 4 kB at most: HyperLogLog (Flajolet, Fusy, Gandouet
 * and Meunier, 2007) with 4,096 registers, whose standard error is 1.6 percent, and the estimator
 * of Ertl (New cardinality estimation algorithms for HyperLogLog sketches, 2017, algorithm 6). Up
 * to {@value #MOST_EXACT} values are counted by their hashes.
 *
 * <p>It depends on the values alone, not on the order in which they came, nor on how parts were put
 * together.
 */
public final class DistinctEstimate {
  /** Saves and restores estimates. */
  public static final StateCodec<DistinctEstimate> CODEC = new Codec();

  static final int MOST_EXACT = 256;
  private static final int INDEX_BITS = 12;
  private static final int REGISTERS = 1 << INDEX_BITS;

  /** The greatest value of a register. */
  private static final int MOST = Long.SIZE - INDEX_BITS + 1;

  private static final double SCALE = REGISTERS / (2 * Math.log(2)) * REGISTERS;

  /** The hashes that are there, rising, in front. */
  private long[] hashes = new long[4];

  private int hashCount;

  /** Null while hashes are held. */
  private byte @Nullable [] registers;

  /** How many registers have each value. */
  private final int[] counts = new int[MOST + 1];

  public void add(Object value) {
    addHash(ValueHash.of(value));
  }

  void addHash(long hash) {
    byte[] held = registers;
    if (held != null) {
      addHash(held, hash);
      return;
    }
    int at = Arrays.binarySearch(hashes, 0, hashCount, hash);
    if (at >= 0) {
      return;
    }
    if (hashCount == MOST_EXACT) {
      addHash(toRegisters(), hash);
      return;
    }
    if (hashCount == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * hashCount);
    }
    int index = -at - 1;
    System.arraycopy(hashes, index, hashes, index + 1, hashCount - index);
    hashes[index] = hash;
    hashCount++;
  }

  private void addHash(byte[] held, long hash) {
    raise(held, (int) (hash >>> (Long.SIZE - INDEX_BITS)), rank(hash));
  }

  private byte[] toRegisters() {
    byte[] made = new byte[REGISTERS];
    registers = made;
    counts[0] = REGISTERS;
    for (int i = 0; i < hashCount; i++) {
      addHash(made, hashes[i]);
    }
    hashes = new long[0];
    hashCount = 0;
    return made;
  }

  /** The place of the first bit behind those of the index that is set. */
  private static int rank(long hash) {
    return Math.min(Long.numberOfLeadingZeros(hash << INDEX_BITS) + 1, MOST);
  }

  private void raise(byte[] held, int index, int rank) {
    int before = held[index];
    if (rank > before) {
      held[index] = (byte) rank;
      counts[before]--;
      counts[rank]++;
    }
  }

  /** Adds all values of another estimate. */
  public void addAll(DistinctEstimate other) {
    byte[] others = other.registers;
    if (others == null) {
      for (int i = 0; i < other.hashCount; i++) {
        addHash(other.hashes[i]);
      }
      return;
    }
    byte[] held = registers == null ? toRegisters() : registers;
    for (int i = 0; i < REGISTERS; i++) {
      raise(held, i, others[i]);
    }
  }

  /**
   * How many different values there are.
   *
   * @param estimate null if there are none
   */
  public static long count(@Nullable DistinctEstimate estimate) {
    if (estimate == null) {
      return 0;
    }
    return estimate.registers == null ? estimate.hashCount : estimate.estimate();
  }

  private long estimate() {
    double sum = REGISTERS * tau(1 - (double) counts[MOST] / REGISTERS);
    for (int value = MOST - 1; value > 0; value--) {
      sum = 0.5 * (sum + counts[value]);
    }
    sum += REGISTERS * sigma((double) counts[0] / REGISTERS);
    return Math.round(SCALE / sum);
  }

  /** Of registers that nothing has raised. */
  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = share;
    double weight = 1;
    double sum = share;
    double before;
    do {
      power *= power;
      before = sum;
      sum += power * weight;
      weight += weight;
    } while (sum != before);
    return sum;
  }

  /** Of registers that nothing raises any more. */
  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double root = share;
    double weight = 1;
    double sum = 1 - share;
    double before;
    do {
      root = Math.sqrt(root);
      before = sum;
      weight *= 0.5;
      sum -= (1 - root) * (1 - root) * weight;
    } while (sum != before);
    return sum / 3;
  }

  private static final class Codec implements StateCodec<DistinctEstimate> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(DistinctEstimate estimate, DataOutput out) throws IOException {
      byte[] held = estimate.registers;
      out.writeInt(held == null ? estimate.hashCount : -1);
      if (held != null) {
        out.write(held);
      }
      for (int i = 0; i < estimate.hashCount; i++) {
        out.writeLong(estimate.hashes[i]);
      }
    }

    @Override
    public DistinctEstimate read(int version, DataInput in) throws IOException {
      DistinctEstimate estimate = new DistinctEstimate();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        estimate.addHash(in.readLong());
      }
      if (count < 0) {
        byte[] held = estimate.toRegisters();
        byte[] saved = new byte[REGISTERS];
        in.readFully(saved);
        for (int i = 0; i < REGISTERS; i++) {
          estimate.raise(held, i, saved[i]);
        }
      }
      return estimate;
    }
  }
}
