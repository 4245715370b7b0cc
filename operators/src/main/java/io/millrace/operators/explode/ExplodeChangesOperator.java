package io.millrace.operators.explode;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
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
import java.util.List;

/** Keeps how many elements the row of each key has, of those that have any. */
final class ExplodeChangesOperator implements Operator {
  private static final int VERSION = 1;
  private final ExplodeChangesSpec spec;
  private final Column[] keys;
  private Elements elements;
  private SlotTable rows;
  private int[] slots = new int[0];

  ExplodeChangesOperator(ExplodeChangesSpec spec) {
    this.spec = spec;
    this.keys = new Column[spec.keys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    rows =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "rows",
                        VERSION,
                        spec.keys().stream().map(spec.input()::type).toList(),
                        List.of(StateType.of("elements", DataType.BIGINT)))
                    .keyedBy(spec.keys()));
    elements =
        new Elements(
            spec.output(),
            spec.repeated(),
            spec.input().size() - spec.arrays(),
            spec.arrays(),
            context.batchSize(),
            context.outputTimeline());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(spec.keys().get(k));
    }
    for (int row = 0; row < batch.size(); row++) {
      if (batch.kind(row) == RowKind.DELETE) {
        delete(batch, row, output);
      } else {
        replace(batch, row, output);
      }
    }
    elements.flush(batch, output);
  }

  private void delete(Batch batch, int row, Output output) {
    int slot = rows.find(keys, row);
    if (slot >= 0) {
      send(batch, row, 0, count(slot), RowKind.DELETE, output);
      rows.remove(slot);
    }
  }

  private void replace(Batch batch, int row, Output output) {
    int longest = elements.longest(batch, row);
    if (longest == 0) {
      delete(batch, row, output);
      return;
    }
    rows.resolve(keys, row, row + 1, slots);
    int slot = slots[row];
    int before = count(slot);
    send(batch, row, longest, before, RowKind.DELETE, output);
    send(batch, row, 0, Math.min(before, longest), RowKind.UPDATE_AFTER, output);
    send(batch, row, before, longest, RowKind.INSERT, output);
    ((LongColumn) rows.field(0)).values()[slot] = longest;
  }

  private void send(Batch batch, int row, int from, int to, RowKind kind, Output output) {
    for (int element = from; element < to; element++) {
      elements.send(batch, row, element, kind, output);
    }
  }

  private int count(int slot) {
    return (int) ((LongColumn) rows.field(0)).values()[slot];
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
