package io.millrace.operators.aggregate;

import io.millrace.operators.expiry.Expiry;
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
import java.util.List;

/**
 * Running aggregates: each row changes its group, and the changed group is sent at the row's
 * position with the largest event time that went into it. Groups that have expired are forgotten.
 */
final class GroupAggregateOperator implements Operator {
  private static final int VERSION = 1;
  private static final Expiry.Removal FORGET = (slot, time, code) -> {};
  private final GroupAggregateSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final GroupOrder order;
  private final int timeField;
  private Expiry expiry;
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
    fields.addAll(Expiry.fields(spec.ttlMillis()));
    expiry = Expiry.open(spec.ttlMillis(), "groups", timeField + 1, context);
    groups =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "groups",
                        VERSION,
                        spec.keys().stream().map(spec.input()::type).toList(),
                        fields)
                    .keyedBy(spec.keys()));
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
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
    for (int from = 0, to; from < count; from = to) {
      expiry.expireBefore(groups, batch, from, FORGET);
      to = expiry.runEnd(batch, from);
      groups.resolve(columns.keys(), from, to, slots);
      kernel.bind(groups);
      if (spec.atEnd()) {
        take(batch, from, to);
      } else {
        sendEach(batch, from, to, output);
      }
      forgetEmpty(from, to);
    }
    flush(batch.lateness(), output);
    errors.giveTo(output, batch);
  }

  private void take(Batch batch, int from, int to) {
    kernel.add(columns.arguments(), from, to, slots, errors);
    for (int row = from; row < to; row++) {
      if (!errors.contains(row)) {
        note(batch, row);
      }
    }
  }

  /** Forgets the groups that rows would have begun if they had not been refused. */
  private void forgetEmpty(int from, int to) {
    for (int row = from; !errors.isEmpty() && row < to; row++) {
      int slot = errors.contains(row) ? groups.find(columns.keys(), row) : -1;
      if (slot >= 0 && ((LongColumn) groups.field(0)).values()[slot] == 0) {
        groups.remove(slot);
      }
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      expiry.expireAll(groups, timeline, FORGET);
    }
    if (spec.atEnd()
        && domain == TimeDomain.EVENT
        && timeline.last() == Timeline.END
        && groups.size() > 0) {
      sendAll(Timeline.ofAdvance(timeline.firstReaching(Timeline.END, 0)), output);
    }
    return false;
  }

  /** Notes the time and the place of a row that its group has taken. */
  private void note(Batch batch, int row) {
    int slot = slots[row];
    long[] times = ((LongColumn) groups.field(timeField)).values();
    long time = batch.rowtimes()[row];
    times[slot] = order.isNew(groups, slot) ? time : Math.max(times[slot], time);
    order.note(groups, batch, row, row + 1, slots, errors);
    expiry.touch(groups, slot, batch, row);
  }

  private void sendEach(Batch batch, int from, int to, Output output) {
    for (int row = from; row < to; row++) {
      int failed = errors.size();
      kernel.add(columns.arguments(), row, row + 1, slots, errors);
      if (errors.size() == failed) {
        note(batch, row);
        long time = ((LongColumn) groups.field(timeField)).values()[slots[row]];
        int at = out.appendFor(batch, row, time, RowKind.INSERT);
        for (int k = 0; k < columns.keys().length; k++) {
          out.column(k).copy(columns.keys()[k], row, at);
        }
        kernel.results(slots, row, row + 1, columns.resultsOf(out), at);
        if (out.size() == batchSize) {
          flush(batch.lateness(), output);
        }
      }
    }
  }

  private void sendAll(int code, Output output) {
    int[] ordered = new int[groups.size()];
    int count = order.order(groups, ordered);
    for (int i = 0; i < count; i++) {
      int slot = groups.slot(ordered[i]);
      if (((LongColumn) groups.field(0)).values()[slot] > 0) {
        long time = ((LongColumn) groups.field(timeField)).values()[slot];
        int row = columns.writeGroups(groups, kernel, ordered, i, i + 1, time, code, out);
        out.dueAt(row, Timeline.END);
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
