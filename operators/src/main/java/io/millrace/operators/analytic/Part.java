package io.millrace.operators.analytic;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;

/** One way to look at the rows that come: by which partition, and what is kept of it. */
final class Part {
  private static final int NONE = -1;
  private final AnalyticSpec spec;
  private final LogColumns columns;
  private final Partitions partitions;
  private final Column[] keys;
  private int[] slots = new int[0];
  private int[] numbers = new int[0];

  /**
   * @param suffix what tells the names of its states from those of other parts
   * @param refers whether its rows refer to what is held of them elsewhere
   */
  Part(
      AnalyticSpec spec,
      String suffix,
      boolean refers,
      OperatorContext context,
      KernelLoader loader) {
    this.spec = spec;
    columns = new LogColumns(spec, refers);
    partitions = new Partitions(spec, columns, suffix, context, loader);
    keys = new Column[spec.partition().size()];
  }

  LogColumns columns() {
    return columns;
  }

  Partitions partitions() {
    return partitions;
  }

  /** Takes a batch, whose rows come next. */
  void of(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
      numbers = new int[batch.size()];
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(spec.partition().get(i));
    }
    columns.of(batch);
    partitions.of(batch, keys, slots, columns);
    for (int row = 0; row < batch.size(); row++) {
      numbers[row] = partitions.table().number(slots[row]);
    }
  }

  /** The slot of the partition of a row, until another partition is asked for. */
  int slot(int row) {
    return partitions.hasSlotsOfBatch() ? slots[row] : partitions.toChange(numbers[row]);
  }

  /** The number of the partition of a row. */
  int number(int row) {
    return numbers[row];
  }

  /** The time of a row in the order of its partition: the greatest so far. */
  long time(Batch batch, int row, int slot, long watermark) {
    long time = Math.max(batch.rowtimes()[row], watermark);
    return partitions.rows(slot) > 0 ? Math.max(time, partitions.time(slot)) : time;
  }

  /** Takes a row into the frames that end with it; false if one refuses it. */
  boolean take(int row, int slot, RowErrors errors) {
    return partitions.take(row, slot, numbers[row], errors);
  }

  /** Puts a row, described and taken, behind the others of its partition, and gives its ordinal. */
  long append(int row, int slot, long time) {
    return partitions.append(row, slot, numbers[row], time, columns);
  }

  /** Forgets the partitions that rows would have made which have failed. */
  void dropEmpty(int count) {
    for (int row = 0; row < count; row++) {
      int number = numbers[row];
      int slot = partitions.table().isUsed(number) ? partitions.slot(number) : NONE;
      if (slot != NONE && partitions.rows(slot) == 0) {
        partitions.remove(slot, number);
      }
    }
  }
}
