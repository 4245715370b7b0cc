package io.millrace.runtime.commit;

import io.millrace.spi.error.MillraceException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of rows that may come twice, by the place that they go to. They are part of the
 * snapshot, so rows that are computed again from it have the numbers that they had before.
 *
 * <p>Rows that are computed in another way go on far behind all numbers that may have been sent:
 * who reads them must not take a new row for one that came twice. That is final before the first of
 * them is sent, so that it holds also if the way changes again.
 *
 * <p>Used by the thread that takes the job's rows.
 */
public final class RowNumbers {
  private static final int VERSION = 1;

  /** More rows than are ever sent between two snapshots. */
  private static final long STRIDE = 1L << 40;

  private static final String NO_MEANING = "";

  private final Map<String, Sequence> saved;
  private final Map<String, Sequence> current = new LinkedHashMap<>();
  private boolean hasLeaped;

  /** Numbers of a job that begins anew. */
  public RowNumbers() {
    this(Map.of());
  }

  private RowNumbers(Map<String, Sequence> saved) {
    this.saved = saved;
  }

  /** The numbers at one place. */
  public static final class Sequence {
    private final String meaning;
    private long next;

    private Sequence(String meaning, long next) {
      this.meaning = meaning;
      this.next = next;
    }

    /** Takes numbers for so many rows, and gives the first. */
    public long take(int rows) {
      long first = next;
      next += rows;
      return first;
    }
  }

  /**
   * Goes on with the numbers at a place, before the first row.
   *
   * @param destination the place
   * @param meaning what rows of the same numbers must have in common to be the same
   */
  public Sequence begin(String destination, String meaning) {
    Sequence before = saved.get(destination);
    long next = 0;
    if (before != null && before.meaning.equals(meaning)) {
      next = before.next;
    } else if (!saved.isEmpty()) {
      next = behindAll();
      hasLeaped = true;
    }
    Sequence sequence = new Sequence(meaning, next);
    current.put(destination, sequence);
    return sequence;
  }

  private long behindAll() {
    long greatest = saved.values().stream().mapToLong(sequence -> sequence.next).max().orElse(0);
    return (greatest / STRIDE + 1) * STRIDE;
  }

  /** Whether there is a place whose numbers do not follow on those of the snapshot. */
  boolean hasLeaped() {
    return hasLeaped;
  }

  /** The numbers of this moment; those of places that rows no longer go to have no meaning. */
  RowNumbers copy() {
    Map<String, Sequence> all = new LinkedHashMap<>();
    saved.forEach((place, sequence) -> all.put(place, new Sequence(NO_MEANING, sequence.next)));
    current.forEach(
        (place, sequence) -> all.put(place, new Sequence(sequence.meaning, sequence.next)));
    return new RowNumbers(all);
  }

  /** Whether there are none to be saved. */
  boolean isEmpty() {
    return saved.isEmpty();
  }

  /** Writes what {@link #copy} gave. */
  void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(saved.size());
    for (Map.Entry<String, Sequence> entry : saved.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue().meaning);
      out.writeLong(entry.getValue().next);
    }
  }

  static RowNumbers read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new MillraceException(
          "the numbers of rows have form "
              + version
              + ", this version of Millrace reads form "
              + VERSION
              + "; restore the snapshot with the version that wrote it");
    }
    Map<String, Sequence> saved = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      saved.put(in.readUTF(), new Sequence(in.readUTF(), in.readLong()));
    }
    return new RowNumbers(saved);
  }
}
