package io.millrace.operators.distinct;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.filter.Projection;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.order.KeyOrder;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps the last row of each group that went on, without the columns that tell groups apart; a row
 * that is equal to it stays behind. A group that expires has had none.
 */
final class ChangedRowsOperator implements Operator {
  private static final int VERSION = 1;

  /** Whether there is a last row. */
  private static final int IS_THERE = 0;

  private static final Expiry.Removal FORGET = (slot, time, code) -> {};
  private final ChangedRowsSpec spec;

  /** The columns that are compared. */
  private final KeyOrder[] compared;

  private final RowErrors none = new RowErrors();
  private final Column[] keys;
  private Expiry expiry;
  private SlotTable groups;
  private Projection projection;
  private int[] slots = new int[0];
  private int[] selection = new int[0];

  ChangedRowsOperator(ChangedRowsSpec spec) {
    this.spec = spec;
    compared =
        IntStream.range(0, spec.visible())
            .filter(column -> !spec.keys().contains(column))
            .mapToObj(c -> KeyOrder.ascending(spec.output().type(c).layout(), c))
            .toArray(KeyOrder[]::new);
    keys = new Column[spec.keys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("is_there", DataType.BOOLEAN));
    for (KeyOrder one : compared) {
      fields.add(StateType.of("last_" + one.column(), spec.output().type(one.column())));
    }
    expiry = Expiry.open(spec.ttlMillis(), "groups", fields.size(), context);
    fields.addAll(Expiry.fields(spec.ttlMillis()));
    groups =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "groups",
                        VERSION,
                        spec.keys().stream().map(spec.output()::type).toList(),
                        fields)
                    .keyedBy(spec.keys()));
    projection = Projection.ofAll(spec.output(), context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
      selection = new int[batch.size()];
    }
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(spec.keys().get(k));
    }
    int selected = 0;
    for (int row = 0; row < batch.size(); row++) {
      expiry.expireBefore(groups, batch, row, FORGET);
      if (spec.isByKey() && batch.kind(row) == RowKind.DELETE) {
        forget(row);
        selection[selected++] = row;
        continue;
      }
      groups.resolve(keys, row, row + 1, slots);
      boolean isOther = isOther(batch, row, slots[row]);
      if (isOther) {
        keep(batch, row, slots[row]);
        selection[selected++] = row;
      }
      if (isOther || !spec.isByKey()) {
        expiry.touch(groups, slots[row], batch, row);
      }
    }
    if (selected > 0) {
      output.emit(projection.project(batch, selection, selected, none));
    }
  }

  private void forget(int row) {
    int slot = groups.find(keys, row);
    if (slot >= 0) {
      groups.remove(slot);
    }
  }

  private boolean isOther(Batch batch, int row, int slot) {
    if (!((BooleanColumn) groups.field(IS_THERE)).values()[slot]) {
      return true;
    }
    for (int i = 0; i < compared.length; i++) {
      Column now = batch.column(compared[i].column());
      if (compared[i].compare(now, row, groups.field(1 + i), slot) != 0) {
        return true;
      }
    }
    return false;
  }

  private void keep(Batch batch, int row, int slot) {
    ((BooleanColumn) groups.field(IS_THERE)).values()[slot] = true;
    for (int i = 0; i < compared.length; i++) {
      groups.field(1 + i).copy(batch.column(compared[i].column()), row, slot);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      expiry.expireAll(groups, timeline, FORGET);
    }
    return false;
  }
}
