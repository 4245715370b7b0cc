package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows of a row per key. A table holds the row of each key. An arriving row takes that one out
 * of its group, then goes into its own, which is sent; where the first row of a key stays, the
 * table holds the keys alone and others do not enter.
 */
final class UniqueWindowOperator extends ArrivalOperator {
  private static final int VERSION = 1;
  private final UniqueWindowSpec spec;
  private final Column[] keys;
  private final Column[] held;
  private SlotTable rows;

  /** The windows that hold rows, for snapshots. */
  private @Nullable SlotTable windows;

  private int[] slots = new int[0];
  private int[] windowSlots = new int[0];

  UniqueWindowOperator(UniqueWindowSpec spec, KernelLoader loader) {
    super(spec.groups(), List.of(), !spec.isFirst(), loader);
    this.spec = spec;
    keys = new Column[spec.rowKeys().size()];
    held = new Column[isHeld() ? keptTypes().size() : 0];
  }

  /** Whether the table holds rows, and not their keys alone. */
  private boolean isHeld() {
    return !spec.isFirst() || spec.groups().holdsRows();
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    List<StateType> fields = isHeld() ? keptFields() : List.of();
    rows =
        context
            .state()
            .slotTable(
                new SlotTableSpec("rows", VERSION, spec.groups().types(spec.rowKeys()), fields)
                    .keyedBy(spec.rowKeys()));
    for (int i = 0; i < held.length; i++) {
      held[i] = rows.field(i);
    }
    WindowGroups groups = spec.groups();
    if (groups.snapshots() != null) {
      windows =
          context
              .state()
              .slotTable(
                  new SlotTableSpec("windows", VERSION, groups.types(groups.partition()), List.of())
                      .keyedBy(groups.partition()));
    }
  }

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
      windowSlots = new int[batch.size()];
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(spec.rowKeys().get(i));
    }
  }

  @Override
  boolean arrive(Batch batch, int row, Output output) {
    int before = rows.find(keys, row);
    if (before >= 0 && spec.isFirst()) {
      return true;
    }
    int group = groupOf(row);
    int leaving = before >= 0 ? remove(held, before) : -1;
    if (leaving >= 0) {
      noteLeaving(held, before, leaving, batch, row);
    }
    if (!add(row)) {
      if (before >= 0) {
        addBack(held, before);
      }
      dropIfEmpty(group);
      return false;
    }
    rows.resolve(keys, row, row + 1, slots);
    for (int i = 0; i < held.length; i++) {
      held[i].copy(kept()[i], row, slots[row]);
    }
    send(batch, row, output);
    if (leaving >= 0 && leaving != group) {
      dropIfEmpty(leaving);
    }
    return true;
  }

  /** Is asked for rows whose window holds some: no row leaves but for another one. */
  @Override
  int windowOf(int row) {
    if (windows == null) {
      return 0;
    }
    windows.resolve(partition(), row, row + 1, windowSlots);
    return windows.number(windowSlots[row]);
  }

  @Override
  public void show(SeenRows seen) {
    for (int number = 0; number < rows.limit(); number++) {
      if (rows.isUsed(number)) {
        seen.see(held, rows.slot(number));
      }
    }
  }

  @Override
  void end(Batch batch, Output output) {}
}
