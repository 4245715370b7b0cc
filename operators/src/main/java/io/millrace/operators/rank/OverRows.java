package io.millrace.operators.rank;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.order.KeyOrder;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows with what was sent of them: their own columns, then what each part gives. Rows are named
 * by their numbers with one added, 0 is none.
 */
final class OverRows {
  static final String TABLE = RankRows.TABLE;
  private static final String ADDED = "rows_added";
  private static final int VERSION = 1;
  private static final int FIELDS_OF_PART = OverPart.fields(0).size();

  private final OverSpec spec;
  private final SlotTable rows;
  private final @Nullable LongValue added;
  private final List<OverPart> parts = new ArrayList<>();
  private final int firstColumn;

  /** Compares what the parts give. */
  private final KeyOrder[] results;

  private final LongColumn id = new LongColumn(1);
  private final Column[] ids = {id};
  private int[] slots = new int[1];

  /** The rows of which something has changed since the last change, in the order of the parts. */
  private int[] changed = new int[16];

  private int changedCount;
  private final BitSet isChanged = new BitSet();

  OverRows(OverSpec spec, OperatorContext context, KernelLoader loader) {
    this.spec = spec;
    StateContext state = context.state();
    List<SlotTable> partitions = new ArrayList<>();
    List<StateType> fields = new ArrayList<>();
    for (int i = 0; i < spec.parts().size(); i++) {
      partitions.add(state.slotTable(OverPart.partitions(spec, i)));
      fields.addAll(OverPart.fields(i));
    }
    firstColumn = fields.size();
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < spec.input().size(); i++) {
      types.add(spec.input().type(i));
    }
    spec.parts().forEach(part -> types.addAll(part.results()));
    for (DataType type : types) {
      fields.add(StateType.of("c" + (fields.size() - firstColumn), type));
    }
    fields.addAll(Expiry.fields(spec.ttlMillis()));
    rows = state.slotTable(table(spec, fields));
    added = spec.isOfChanges() ? null : state.longValue(ADDED);
    results = new KeyOrder[types.size()];
    int result = spec.input().size();
    for (int i = result; i < results.length; i++) {
      results[i] = KeyOrder.ascending(types.get(i).layout(), i);
    }
    for (int i = 0; i < spec.parts().size(); i++) {
      parts.add(
          new OverPart(
              spec,
              i,
              this,
              new OverPart.Place(i * FIELDS_OF_PART, result, partitions.get(i)),
              context,
              loader));
      result += spec.parts().get(i).results().size();
    }
  }

  private static SlotTableSpec table(OverSpec spec, List<StateType> fields) {
    return spec.isOfChanges()
        ? new SlotTableSpec(
                TABLE, VERSION, spec.rowKeys().stream().map(spec.input()::type).toList(), fields)
            .keyedBy(spec.rowKeys())
        : new SlotTableSpec(TABLE, VERSION, List.of(DataType.BIGINT), fields).numberedBy(ADDED);
  }

  /** The index of the first of {@link Expiry#fields}. */
  int expiryField() {
    return firstColumn + results.length;
  }

  SlotTable table() {
    return rows;
  }

  List<OverPart> parts() {
    return parts;
  }

  /** How many columns a row has, with what the parts give. */
  int width() {
    return results.length;
  }

  /** Where a row lies now; for a moment only, as other rows take its place there. */
  int slot(int row) {
    return rows.slot(row - 1);
  }

  /** As {@link #slot}, of a row that is about to change. */
  int toChange(int row) {
    int slot = slot(row);
    rows.touch(slot);
    return slot;
  }

  /** A column of the rows, by slot. */
  Column column(int index) {
    return rows.field(firstColumn + index);
  }

  /** The row of a key, or 0. */
  int find(Column[] keys, int batchRow) {
    int slot = rows.find(keys, batchRow);
    return slot < 0 ? 0 : rows.number(slot) + 1;
  }

  /**
   * Makes a row, which is in no partition yet.
   *
   * @param keys the columns of its key; not read if rows have no key
   */
  int add(Column[] keys, Batch batch, int batchRow) {
    int slot;
    LongValue counter = added;
    if (counter == null) {
      if (slots.length <= batchRow) {
        slots = new int[Math.max(batchRow + 1, 2 * slots.length)];
      }
      rows.resolve(keys, batchRow, batchRow + 1, slots);
      slot = slots[batchRow];
    } else {
      counter.set(counter.get() + 1);
      id.put(0, counter.get());
      rows.resolve(ids, 0, 1, slots);
      slot = slots[0];
    }
    copyTo(slot, batch, batchRow);
    for (int i = spec.input().size(); i < results.length; i++) {
      column(i).setNull(slot);
    }
    return rows.number(slot) + 1;
  }

  /** Gives a row the values of one of a batch. */
  void copy(int row, Batch batch, int batchRow) {
    copyTo(toChange(row), batch, batchRow);
  }

  private void copyTo(int slot, Batch batch, int batchRow) {
    for (int i = 0; i < spec.input().size(); i++) {
      column(i).copy(batch.column(i), batchRow, slot);
    }
  }

  /** Writes what a part gives for a row, at index 0, and notes whether it is something else. */
  void write(int row, int column, Column value) {
    int slot = slot(row);
    Column there = column(column);
    if (results[column].compare(value, 0, there, slot) != 0) {
      rows.touch(slot);
      there.copy(value, 0, slot);
      change(row);
    }
  }

  /** Notes that something of a row has changed. */
  void change(int row) {
    if (!isChanged.get(row)) {
      isChanged.set(row);
      if (changedCount == changed.length) {
        changed = Arrays.copyOf(changed, 2 * changedCount);
      }
      changed[changedCount++] = row;
    }
  }

  int changedCount() {
    return changedCount;
  }

  int changed(int index) {
    return changed[index];
  }

  /** Forgets which rows have changed. */
  void clearChanged() {
    for (int i = 0; i < changedCount; i++) {
      isChanged.clear(changed[i]);
    }
    changedCount = 0;
  }

  /** The greatest time of what has changed the partitions of a row. */
  long time(int row) {
    long time = Long.MIN_VALUE;
    for (OverPart part : parts) {
      time = Math.max(time, part.time(row));
    }
    return time;
  }
}
