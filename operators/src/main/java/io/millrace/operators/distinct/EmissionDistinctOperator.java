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
 * Keeps the combinations of a moment as keys of a table, and forgets them when a row of another one
 * comes or the turn ends: a position belongs to one turn, so nothing is kept between turns.
 */
final class EmissionDistinctOperator implements Operator {
  private static final int VERSION = 1;
  private final EmissionDistinctSpec spec;
  private final RowErrors none = new RowErrors();
  private SlotTable seen;
  private Projection projection;
  private int[] slots = new int[0];
  private int[] selection = new int[0];
  private boolean isOpen;
  private int position;
  private long time;

  EmissionDistinctOperator(EmissionDistinctSpec spec) {
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
    int selected = 0;
    for (int from = 0, to; from < count; from = to) {
      if (!isOpen || !belongs(batch, from)) {
        begin(batch, from);
      }
      to = from + 1;
      while (to < count && belongs(batch, to)) {
        to++;
      }
      selected = select(batch, from, to, selected);
    }
    if (selected > 0) {
      output.emit(projection.project(batch, selection, selected, none));
    }
  }

  /** Selects the rows of a moment whose combination is new, which get the next numbers. */
  private int select(Batch batch, int from, int to, int before) {
    int selected = before;
    int known = seen.limit();
    seen.resolve(batch.columns(), from, to, slots);
    for (int row = from; row < to && known < seen.limit(); row++) {
      if (seen.number(slots[row]) == known) {
        selection[selected++] = row;
        known++;
      }
    }
    return selected;
  }

  private boolean belongs(Batch batch, int row) {
    return batch.position(row) == position && batch.rowtimes()[row] == time;
  }

  private void begin(Batch batch, int row) {
    seen.clear();
    isOpen = true;
    position = batch.position(row);
    time = batch.rowtimes()[row];
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (isOpen) {
      seen.clear();
      isOpen = false;
    }
    return false;
  }
}
