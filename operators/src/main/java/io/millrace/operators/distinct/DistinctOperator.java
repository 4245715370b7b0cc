package io.millrace.operators.distinct;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.filter.Projection;
import io.millrace.operators.graph.Distribution;
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

/**
 * Keeps the combinations seen as keys of a table; the first row of each goes on. Unless they
 * expire, keys are never removed, so a new one has the next number.
 */
final class DistinctOperator implements Operator {
  private static final int VERSION = 1;
  private static final Expiry.Removal FORGET = (slot, time, code) -> {};
  private final DistinctSpec spec;
  private final RowErrors none = new RowErrors();
  private Expiry expiry;
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
                        Expiry.fields(spec.ttlMillis()))
                    .keyedBy(Distribution.same(spec.output().size())));
    expiry = Expiry.open(spec.ttlMillis(), "seen", 0, context);
    projection = Projection.ofAll(spec.output(), context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (slots.length < count) {
      slots = new int[count];
      selection = new int[count];
    }
    int selected = expiry.isActive() ? selectExpiring(batch) : select(batch);
    if (selected > 0) {
      output.emit(projection.project(batch, selection, selected, none));
    }
  }

  /** Selects the rows whose combination has not been seen, and gives their number. */
  private int select(Batch batch) {
    int known = seen.limit();
    seen.resolve(batch.columns(), 0, batch.size(), slots);
    int selected = 0;
    for (int row = 0; row < batch.size() && known < seen.limit(); row++) {
      if (seen.number(slots[row]) == known) {
        selection[selected++] = row;
        known++;
      }
    }
    return selected;
  }

  private int selectExpiring(Batch batch) {
    int selected = 0;
    for (int from = 0, to; from < batch.size(); from = to) {
      expiry.expireBefore(seen, batch, from, FORGET);
      to = expiry.runEnd(batch, from);
      seen.resolve(batch.columns(), from, to, slots);
      for (int row = from; row < to; row++) {
        if (expiry.isNew(seen, slots[row])) {
          selection[selected++] = row;
        }
        expiry.touch(seen, slots[row], batch, row);
      }
    }
    return selected;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      expiry.expireAll(seen, timeline, FORGET);
    }
    return false;
  }
}
