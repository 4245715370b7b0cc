package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Field;
import java.util.List;
import java.util.Map;

/** Holds rows of groups in a log of each. State: the groups that have begun, and the logs. */
final class CountBatchOperator implements Operator {
  private static final int VERSION = 1;
  private static final String GROUPS = "groups";
  private final CountBatchSpec spec;
  private final Column[] keys;
  private SlotTable groups;
  private RowLog held;
  private RowBuffer out;
  private Timeline outputTimeline;
  private int batchSize;
  private int[] slots = new int[0];

  CountBatchOperator(CountBatchSpec spec) {
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
                        GROUPS,
                        VERSION,
                        spec.keys().stream().map(spec.output()::type).toList(),
                        List.of())
                    .keyedBy(spec.keys()));
    held =
        context
            .state()
            .rowLog(
                new RowLogSpec(
                    "held",
                    VERSION,
                    spec.output().fields().stream().map(Field::type).toList(),
                    GROUPS,
                    Map.of()));
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
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
      groups.resolve(keys, row, row + 1, slots);
      int slot = slots[row];
      int group = groups.number(slot);
      held.append(group, batch.rowtimes()[row], batch.columns(), row);
      if (held.size(group) == spec.every()) {
        send(group, batch, row, output);
        held.clear(group);
        groups.remove(slot);
      }
    }
    flush(batch.lateness(), output);
  }

  private void send(int group, Batch batch, int row, Output output) {
    for (long ordinal = held.first(group); ordinal < held.end(group); ordinal++) {
      if (out.size() == batchSize) {
        flush(batch.lateness(), output);
      }
      int to = out.appendFor(batch, row, batch.rowtimes()[row], RowKind.INSERT);
      Column[] columns = held.columns(group, ordinal);
      int index = held.index(group, ordinal);
      for (int c = 0; c < columns.length; c++) {
        out.column(c).copy(columns[c], index, to);
      }
    }
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
