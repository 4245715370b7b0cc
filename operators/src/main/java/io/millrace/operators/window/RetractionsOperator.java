package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates of rows that take others back. A row that is taken back is known by its values alone,
 * by which its group takes it out. One that its group could not take (a sum would overflow) is in
 * none, so it is not taken out either: a table of its own counts those, by group and arguments, of
 * which there is one at least then. A row that is replaced and the one that replaces it change
 * their group once; if they are of two, the one that has become less comes first.
 */
final class RetractionsOperator extends GroupChangesOperator {
  private static final int VERSION = 1;
  private static final int NONE = -1;
  private final WindowGroups spec;
  private final List<Integer> ofRefused;
  private final Column[] values;
  private SlotTable refused;
  private int[] slots = new int[0];

  /** The group of the row that the next one replaces, within a turn; else none. */
  private int left = NONE;

  /** That row as it is kept. */
  private final Column[] held;

  RetractionsOperator(RetractionsSpec spec, KernelLoader loader) {
    super(spec.groups(), true, loader);
    this.spec = spec.groups();
    ofRefused = new ArrayList<>(this.spec.keys());
    ofRefused.addAll(this.spec.arguments());
    values = new Column[ofRefused.size()];
    held = keptTypes().stream().map(type -> Column.of(type.layout(), 1)).toArray(Column[]::new);
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    refused =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "refused",
                        VERSION,
                        spec.types(ofRefused),
                        List.of(StateType.of("rows", DataType.BIGINT)))
                    .keyedBy(ofRefused));
  }

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = batch.column(ofRefused.get(i));
    }
  }

  @Override
  boolean arrive(Batch batch, int row, Output output) {
    RowKind kind = batch.kind(row);
    if (kind == RowKind.UPDATE_BEFORE) {
      hold(row);
      return true;
    }
    if (kind == RowKind.DELETE) {
      int group = groupOfCounted(row);
      if (group != NONE) {
        remove(kept(), row);
        sendRest(group, batch, row, output);
      }
      return true;
    }
    int from = left;
    left = NONE;
    return replace(from, batch, row, output);
  }

  /**
   * Puts a row into its group.
   *
   * @param from the group of the row that it replaces
   */
  private boolean replace(int from, Batch batch, int row, Output output) {
    if (from != NONE) {
      remove(held, 0);
    }
    int to = groupOf(row);
    boolean isNew = from != to && rowsOf(to) == 0;
    if (from != NONE && from != to) {
      sendRest(from, batch, row, output);
    }
    if (add(row)) {
      sendMore(to, isNew, batch, row, output);
      return true;
    }
    refuse(row);
    if (from == to) {
      sendRest(to, batch, row, output);
    } else {
      dropIfEmpty(to);
    }
    return false;
  }

  /** Keeps a row that is taken back until the one comes that replaces it. */
  private void hold(int row) {
    left = groupOfCounted(row);
    for (int i = 0; i < held.length; i++) {
      held[i].copy(kept()[i], row, 0);
    }
  }

  /** The group that a row is in; none if it is in none. */
  private int groupOfCounted(int row) {
    int group = groupOf(row);
    if (wasRefused(row) || rowsOf(group) == 0) {
      dropIfEmpty(group);
      return NONE;
    }
    return group;
  }

  /** Notes a row that its group cannot take. */
  private void refuse(int row) {
    refused.resolve(values, row, row + 1, slots);
    ((LongColumn) refused.field(0)).values()[slots[row]]++;
  }

  /** Whether a row was one of those that are noted, which it is no more. */
  private boolean wasRefused(int row) {
    int slot = refused.size() == 0 ? NONE : refused.find(values, row);
    if (slot == NONE) {
      return false;
    }
    refused.touch(slot);
    long[] rows = ((LongColumn) refused.field(0)).values();
    rows[slot]--;
    if (rows[slot] == 0) {
      refused.remove(slot);
    }
    return true;
  }
}
