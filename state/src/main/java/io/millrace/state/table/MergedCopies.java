package io.millrace.state.table;

import io.millrace.spi.data.Column;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedRows;
import java.io.IOException;
import java.util.List;

/**
 * Rows that were copied in the order of their numbers, and rows that were copied in any order, such
 * as those that were about to change: written as one, in the order of numbers.
 */
public final class MergedCopies implements CapturedRows {
  private static final int CHUNK = ColumnCodec.CHUNK;

  private final List<ColumnCodec> codecs;
  private final SlotCopies ordered;
  private final SlotCopies kept;
  private final long[] keptOrder;
  private int nextOrdered;
  private int nextKept;

  /**
   * Merges rows of different numbers.
   *
   * @param codecs one for each column
   * @param ordered rows in rising order
   * @param kept rows in any order
   */
  public MergedCopies(List<ColumnCodec> codecs, SlotCopies ordered, SlotCopies kept) {
    this.codecs = codecs;
    this.ordered = ordered;
    this.kept = kept;
    keptOrder = kept.sorted();
  }

  /** The numbers of all rows, in rising order. */
  public int[] numbers() {
    int[] numbers = new int[ordered.size() + keptOrder.length];
    int to = 0;
    int from = 0;
    for (long next : keptOrder) {
      int number = (int) (next >>> 32);
      while (from < ordered.size() && ordered.number(from) < number) {
        numbers[to++] = ordered.number(from++);
      }
      numbers[to++] = number;
    }
    while (from < ordered.size()) {
      numbers[to++] = ordered.number(from++);
    }
    return numbers;
  }

  @Override
  public int nextCount() {
    int rest = ordered.size() - nextOrdered + keptOrder.length - nextKept;
    return Math.min(rest, CHUNK);
  }

  @Override
  public void writeNext(StateWriter out) throws IOException {
    int count = nextCount();
    Column[] chunk = isNextAChunk(count) ? takeChunk(count) : mergeChunk(count);
    for (int c = 0; c < chunk.length; c++) {
      codecs.get(c).write(chunk[c], count, out);
    }
  }

  /** Whether the next rows are those of a chunk that can be written as it is. */
  private boolean isNextAChunk(int count) {
    return (nextOrdered & (CHUNK - 1)) == 0
        && nextOrdered + count <= ordered.size()
        && ordered.number(nextOrdered + count - 1) < keptNumber();
  }

  private Column[] takeChunk(int count) {
    Column[] chunk = ordered.chunk(nextOrdered);
    leaveOrdered(count);
    return chunk;
  }

  private Column[] mergeChunk(int count) {
    Column[] chunk = new Column[codecs.size()];
    for (int c = 0; c < chunk.length; c++) {
      chunk[c] = codecs.get(c).newColumn(count);
    }
    for (int to = 0; to < count; ) {
      int run = orderedRun(count - to);
      if (run > 0) {
        copy(ordered, nextOrdered, run, chunk, to);
        leaveOrdered(run);
        to += run;
      } else {
        copy(kept, (int) keptOrder[nextKept++], 1, chunk, to++);
      }
    }
    return chunk;
  }

  private static void copy(SlotCopies from, int index, int count, Column[] chunk, int to) {
    Column[] source = from.chunk(index);
    for (int c = 0; c < chunk.length; c++) {
      chunk[c].copyRange(source[c], index & (CHUNK - 1), count, to);
    }
  }

  /** How many rows of a chunk come before the next one that was kept. */
  private int orderedRun(int most) {
    int inChunk = CHUNK - (nextOrdered & (CHUNK - 1));
    int end = nextOrdered + Math.min(Math.min(inChunk, most), ordered.size() - nextOrdered);
    int keptNumber = keptNumber();
    int at = nextOrdered;
    while (at < end && ordered.number(at) < keptNumber) {
      at++;
    }
    return at - nextOrdered;
  }

  private int keptNumber() {
    return nextKept < keptOrder.length ? (int) (keptOrder[nextKept] >>> 32) : Integer.MAX_VALUE;
  }

  private void leaveOrdered(int count) {
    nextOrdered += count;
    if ((nextOrdered & (CHUNK - 1)) == 0) {
      ordered.forgetChunk(nextOrdered - 1);
    }
  }
}
