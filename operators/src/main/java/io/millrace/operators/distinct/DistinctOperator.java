package io.millrace.operators.distinct;

import io.millrace.operators.filter.Projection;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Field;
import java.util.List;

/**
 * Keeps the combinations seen as keys of a table without fields; the first row of each goes on.
 * Keys are never removed, so a new one has the next number.
 */
final class DistinctOperator implements Operator {
  private static final int VERSION = 1;
  private final DistinctSpec spec;
  private final RowErrors none = new RowErrors();
  private SlotTable seen;
  private Projection projection;
  private int[] slots = new int[0];
  private int[] selection = new int[0];

  DistinctOperator(DistinctSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    seen =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                    "seen",
                    VERSION,
                    spec.output().fields().stream().map(Field::type).toList(),
                    List.of()));
    projection = Projection.ofAll(spec.output(), context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (slots.length < count) {
      slots = new int[count];
      selection = new int[count];
    }
    int known = seen.limit();
    seen.resolve(batch.columns(), 0, count, slots);
    int selected = 0;
    for (int row = 0; row < count && known < seen.limit(); row++) {
      if (seen.number(slots[row]) == known) {
        selection[selected++] = row;
        known++;
      }
    }
    if (selected > 0) {
      output.emit(projection.project(batch, selection, selected, none));
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
