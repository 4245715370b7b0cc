package io.millrace.operators.aggregate;

import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
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
import java.util.Arrays;
import java.util.List;

/**
 * Running aggregates: each row changes its group, and the changed group is sent at the row's
 * position with the largest event time that went into it.
 */
final class GroupAggregateOperator implements Operator {
  private static final int VERSION = 1;
  private final GroupAggregateSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final GroupOrder order;
  private final int timeField;
  private SlotTable groups;
  private AggregateKernel kernel;
  private GroupColumns columns;
  private RowBuffer out;
  private Timeline outputTimeline;
  private int batchSize;
  private boolean ranksRows;
  private int[] slots = new int[0];

  GroupAggregateOperator(GroupAggregateSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.order = new GroupOrder(spec.program().fields().size());
    this.timeField = spec.program().fields().size() + GroupOrder.FIELDS.size();
  }

  @Override
  public void open(OperatorContext context) {
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    fields.add(StateType.of("last_time", DataType.BIGINT));
    groups =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                    "groups",
                    VERSION,
                    spec.keys().stream().map(spec.input()::type).toList(),
                    fields));
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns = new GroupColumns(spec.keys(), spec.arguments());
    batchSize = context.batchSize();
    ranksRows = context.ranksRows();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (slots.length < count) {
      slots = new int[count];
    }
    columns.of(batch);
    int limit = groups.limit();
    groups.resolve(columns.keys(), 0, count, slots);
    Arrays.fill(
        ((LongColumn) groups.field(timeField)).values(), limit, groups.limit(), Long.MIN_VALUE);
    kernel.bind(groups);
    if (spec.atEnd()) {
      kernel.add(columns.arguments(), 0, count, slots, errors);
      for (int row = 0; row < count; row++) {
        if (!errors.contains(row)) {
          noteTime(batch, row);
        }
      }
    } else {
      sendEach(batch, output);
    }
    order.note(groups, batch, 0, count, slots, limit, errors);
    errors.giveTo(output, batch);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (spec.atEnd()
        && domain == TimeDomain.EVENT
        && timeline.last() == Timeline.END
        && groups.size() > 0) {
      sendAll(Timeline.ofAdvance(timeline.firstReaching(Timeline.END, 0)), output);
    }
    return false;
  }

  private void noteTime(Batch batch, int row) {
    long[] times = ((LongColumn) groups.field(timeField)).values();
    times[slots[row]] = Math.max(times[slots[row]], batch.rowtimes()[row]);
  }

  private void sendEach(Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      int failed = errors.size();
      kernel.add(columns.arguments(), row, row + 1, slots, errors);
      if (errors.size() == failed) {
        noteTime(batch, row);
        long time = ((LongColumn) groups.field(timeField)).values()[slots[row]];
        int to = out.appendFor(batch, row, time, RowKind.INSERT);
        for (int k = 0; k < columns.keys().length; k++) {
          out.column(k).copy(columns.keys()[k], row, to);
        }
        kernel.results(slots, row, row + 1, columns.resultsOf(out), to);
        if (out.size() == batchSize) {
          flush(batch.lateness(), output);
        }
      }
    }
    flush(batch.lateness(), output);
  }

  private void sendAll(int code, Output output) {
    int[] ordered = new int[groups.size()];
    int count = order.order(groups, ordered);
    long[] rows = ((LongColumn) groups.field(0)).values();
    long[] times = ((LongColumn) groups.field(timeField)).values();
    kernel.bind(groups);
    for (int i = 0; i < count; i++) {
      if (rows[ordered[i]] > 0) {
        int row =
            columns.writeGroups(groups, kernel, ordered, i, i + 1, times[ordered[i]], code, out);
        if (ranksRows) {
          order.rank(groups, ordered, i, i + 1, 0, 0, out, row);
        }
        if (out.size() == batchSize) {
          flush(outputTimeline, output);
        }
      }
    }
    flush(outputTimeline, output);
    groups.clear();
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
