package io.millrace.operators.aggregate;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The groups that are sent now and then: takes rows into them, and writes those of a snapshot in
 * the order of their first rows.
 */
final class SnapshotGroups {
  private static final int VERSION = 1;
  private final GroupSnapshotSpec spec;
  private final RowErrors errors = new RowErrors();
  private final GroupOrder order;
  private final int furtherField;
  private final SlotTable groups;
  private final Expiry expiry;
  private final Expiry.Removal removal;
  private final AggregateKernel kernel;
  private final GroupColumns columns;
  private final RowBuffer out;
  private final Timeline outputTimeline;
  private final int batchSize;

  /** Numbers rows where aggregates are ordered; several may have come at one position. */
  private final @Nullable LongValue rowsArrived;

  private Timeline outLateness;
  private int[] slots = new int[0];
  private int[] ordered = new int[0];

  /** That of what is sent next: see {@link Batch#moments}. */
  private long moment;

  /**
   * @param further fields of each group, for the operator
   * @param removal is told of groups that expire
   */
  SnapshotGroups(
      GroupSnapshotSpec spec,
      List<StateType> further,
      Expiry.Removal removal,
      KernelLoader loader,
      OperatorContext context) {
    this.spec = spec;
    this.removal = removal;
    order = new GroupOrder(spec.program().fields().size());
    furtherField = spec.program().fields().size() + GroupOrder.FIELDS.size();
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    fields.addAll(further);
    expiry = Expiry.open(spec.ttlMillis(), "groups", fields.size(), context);
    fields.addAll(Expiry.fields(spec.ttlMillis()));
    groups =
        context
            .state()
            .slotTable(
                new SlotTableSpec("groups", VERSION, spec.types(spec.keys()), fields)
                    .keyedBy(spec.keys()));
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
    rowsArrived = spec.program().isOrdered() ? context.state().longValue("rows_arrived") : null;
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    outLateness = outputTimeline;
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  /** Says that a row of a batch brings about what is sent next. */
  void because(Batch batch, int row) {
    moment = batch.moment(row);
  }

  /** Takes the columns of a batch, whose rows come next. */
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    columns.of(batch);
    LongValue arrived = rowsArrived;
    if (arrived != null) {
      columns.number(batch.size(), arrived.get());
      arrived.set(arrived.get() + batch.size());
    }
  }

  boolean isEmpty() {
    return groups.size() == 0;
  }

  /** Whether groups may expire. */
  boolean mayExpire() {
    return expiry.isActive();
  }

  /** Forgets the groups that expire before a row. */
  void expireBefore(Batch batch, int row) {
    expiry.expireBefore(groups, batch, row, removal);
  }

  /** Forgets the groups that have expired at a time. */
  void expireUpTo(long time, int code) {
    expiry.expireUpTo(groups, time, code, removal);
  }

  /** Forgets the groups that expire up to the end of a turn. */
  void expireAll(Timeline timeline) {
    expiry.expireAll(groups, timeline, removal);
  }

  /** Takes rows {@code [from, to)} into their groups, but for those that fail. */
  void take(Batch batch, int from, int to) {
    groups.resolve(columns.keys(), from, to, slots);
    kernel.bind(groups);
    kernel.add(columns.arguments(), from, to, slots, errors);
    order.note(groups, batch, from, to, slots, errors);
    for (int row = from; row < to && expiry.isActive(); row++) {
      if (!errors.contains(row)) {
        expiry.touch(groups, slots[row], batch, row);
      }
    }
    forgetEmpty(from, to);
  }

  /** Forgets the groups that rows would have begun if they had not been refused. */
  private void forgetEmpty(int from, int to) {
    for (int row = from; !errors.isEmpty() && row < to; row++) {
      int slot = errors.contains(row) ? groups.find(columns.keys(), row) : -1;
      if (slot >= 0 && rowsAt(slot) == 0) {
        groups.remove(slot);
      }
    }
  }

  /** Takes a row; false if it fails. */
  boolean take(Batch batch, int row) {
    int failed = errors.size();
    take(batch, row, row + 1);
    return errors.size() == failed;
  }

  /** Whether a row of the batch has failed. */
  boolean hasFailed(int row) {
    return errors.contains(row);
  }

  /** The number of the group of a row that was just taken. */
  int groupOf(int row) {
    return groups.number(slots[row]);
  }

  /** How many rows a group has taken. */
  long rowsOf(int group) {
    return rowsAt(groups.slot(group));
  }

  long rowsAt(int slot) {
    return ((LongColumn) groups.field(0)).values()[slot];
  }

  /** The first of the operator's fields at a slot. */
  long further(int slot) {
    return ((LongColumn) groups.field(furtherField)).values()[slot];
  }

  void setFurther(int slot, long value) {
    groups.touch(slot);
    ((LongColumn) groups.field(furtherField)).values()[slot] = value;
  }

  int slotOf(int group) {
    return groups.slot(group);
  }

  /**
   * Sends the groups that a condition takes by their numbers.
   *
   * @param emission the number of the snapshot, if rows are counted
   * @param lateness by which the rows are late
   */
  void send(
      IntPredicate isSent, long time, int code, long emission, Timeline lateness, Output output) {
    if (ordered.length < groups.size()) {
      ordered = new int[Math.max(groups.size(), 2 * ordered.length)];
    }
    int count =
        order.order(groups, ordered, (number, slot) -> rowsOf(number) > 0 && isSent.test(number));
    write(count, time, code, emission, lateness, output);
  }

  /** Sends all groups at a tick, at a moment: see {@link Batch#moments}. */
  void sendAll(long tick, int code, long due, Output output) {
    moment = due;
    send(group -> true, tick, code, 0, outputTimeline, output);
  }

  /** Sends one group. */
  void sendOne(int group, long time, int code, long emission, Timeline lateness, Output output) {
    if (ordered.length == 0) {
      ordered = new int[1];
    }
    ordered[0] = group;
    write(1, time, code, emission, lateness, output);
  }

  private void write(
      int count, long time, int code, long emission, Timeline lateness, Output output) {
    if (outLateness != lateness) {
      flush(output);
      outLateness = lateness;
    }
    for (int from = 0, to; from < count; from = to) {
      if (out.size() == batchSize) {
        flush(output);
      }
      to = Math.min(count, from + batchSize - out.size());
      int first = columns.writeGroups(groups, kernel, ordered, from, to, time, code, out);
      out.moment(first, moment);
      if (spec.everyRows() > 0) {
        LongColumn numbers = (LongColumn) out.column(spec.output().size() - 1);
        Arrays.fill(numbers.values(), first, out.size(), emission);
      }
    }
  }

  /** Sends what has been written, and reports rows that have failed. */
  void end(Batch batch, Output output) {
    flush(output);
    errors.giveTo(output, batch);
  }

  void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, outLateness));
      out.clear();
    }
  }
}
