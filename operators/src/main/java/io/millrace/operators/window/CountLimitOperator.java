package io.millrace.operators.window;

import io.millrace.operators.filter.Projection;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
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

/**
 * Counts the rows of each group up to so many, then begins anew. State: the groups that have begun,
 * with their counts.
 */
final class CountLimitOperator implements Operator {
  private static final int VERSION = 1;
  private final CountLimitSpec spec;
  private final RowErrors none = new RowErrors();
  private final Column[] keys;
  private SlotTable groups;
  private Projection projection;
  private int[] slots = new int[0];
  private int[] selection = new int[0];

  CountLimitOperator(CountLimitSpec spec) {
    this.spec = spec;
    keys = new Column[spec.keys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    groups =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "groups",
                        VERSION,
                        spec.keys().stream().map(spec.output()::type).toList(),
                        List.of(StateType.of("rows", DataType.BIGINT)))
                    .keyedBy(spec.keys()));
    projection = Projection.ofAll(spec.output(), context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (slots.length < count) {
      slots = new int[count];
      selection = new int[count];
    }
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(spec.keys().get(k));
    }
    int selected = 0;
    for (int row = 0; row < count; row++) {
      if (count(row) == spec.passed()) {
        selection[selected++] = row;
      }
    }
    if (selected > 0) {
      output.emit(projection.project(batch, selection, selected, none));
    }
  }

  /** Which row of its group a row is, from 1. */
  private long count(int row) {
    groups.resolve(keys, row, row + 1, slots);
    long rows = ++((LongColumn) groups.field(0)).values()[slots[row]];
    if (rows == spec.every()) {
      groups.remove(slots[row]);
    }
    return rows;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
