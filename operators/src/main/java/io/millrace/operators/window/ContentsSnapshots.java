package io.millrace.operators.window;

import io.millrace.operators.aggregate.EmissionNumbers;
import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.aggregate.SnapshotTicks;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the groups of what a table holds together: at ticks, with each n-th change of a partition,
 * or once when the input has ended. They come in the order of the first rows that they have taken
 * since they have had rows.
 *
 * <p>A change counts once for each partition that it concerns: for the one that a row leaves, then
 * for the one that it enters. Both see what the table holds behind it.
 */
final class ContentsSnapshots implements SnapshotTicks.Sender {
  private static final int VERSION = 1;
  private static final int ROW_COUNT = 0;
  private static final int NONE = -1;

  /** Behind the fields of a group that tell the order. */
  private static final int PARTITION = GroupOrder.FIELDS_OF_NUMBERED.size();

  private final WindowGroups spec;
  private final boolean countsRows;
  private final long everyRows;
  private final SlotTable groups;
  private final AggregateKernel kernel;
  private final GroupColumns columns;
  private final GroupOrder order;
  private final int timeField;
  private final int firstField;
  private final @Nullable SnapshotTicks ticks;
  private final @Nullable RowCounts counts;

  /** Where rows are counted: the partitions, each while it has groups, with how many these are. */
  private final @Nullable SlotTable partitions;

  /** The partition of one group, as columns. */
  private final Column[] partition;

  private final int[] slots = new int[1];
  private final LongValue rowsTaken;
  private final EmissionNumbers snapshots;
  private final RowBuffer out;
  private final Timeline outputTimeline;
  private final int batchSize;

  /** That of what is sent next: see {@link Batch#moments}. */
  private long moment;

  private int[] sent = new int[16];

  /** Whether nothing was there when a snapshot was to be sent, and nothing has come since. */
  private boolean isKnownEmpty;

  /**
   * @param every null for once at the end
   * @param timeField the index of the column of the groups' times in the table of groups
   */
  ContentsSnapshots(
      WindowGroups spec,
      @Nullable SnapshotSpec every,
      SlotTable groups,
      int timeField,
      AggregateKernel kernel,
      OperatorContext context) {
    this.spec = spec;
    this.groups = groups;
    this.kernel = kernel;
    this.timeField = timeField;
    firstField = timeField + 1;
    columns = new GroupColumns(spec.keys(), spec.arguments());
    order = GroupOrder.ofNumbered(firstField);
    countsRows = every != null && every.countsRows();
    everyRows = every == null ? 0 : every.everyRows();
    StateContext state = context.state();
    ticks =
        every == null || countsRows ? null : new SnapshotTicks(every.everyMillis(), state, this);
    counts =
        every != null && countsRows
            ? new RowCounts(
                "counts", spec.input(), spec.partition(), everyRows, every.ttlMillis(), context)
            : null;
    partitions = countsRows ? state.slotTable(partitionsOf(spec)) : null;
    partition =
        spec.types(spec.partition()).stream()
            .map(type -> Column.of(type.layout(), 1))
            .toArray(Column[]::new);
    rowsTaken = state.longValue("rows_taken");
    snapshots = new EmissionNumbers(state.longValue("snapshots"), every == null ? -1 : every.set());
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  private static SlotTableSpec partitionsOf(WindowGroups spec) {
    return new SlotTableSpec(
            "partitions",
            VERSION,
            spec.types(spec.partition()),
            List.of(StateType.of("groups", DataType.BIGINT)))
        .keyedBy(spec.partition());
  }

  /**
   * What is kept of a group, behind its time.
   *
   * @param every null for once at the end
   */
  static List<StateType> fields(@Nullable SnapshotSpec every) {
    List<StateType> fields = new ArrayList<>(GroupOrder.FIELDS_OF_NUMBERED);
    if (every != null && every.countsRows()) {
      fields.add(StateType.of("partition", new KeyNumber("partitions", 1)));
    }
    return fields;
  }

  /** Takes the columns of a batch, whose changes come next. */
  void begin(Batch batch) {
    snapshots.begin(batch);
  }

  /** Comes before a change. */
  void before(Batch batch, int row, Output output) {
    snapshots.arrive(row);
    if (ticks != null) {
      ticks.beforeChange(batch, row, output);
    } else if (counts != null) {
      counts.expireBefore(batch, row);
    }
  }

  /**
   * Notes that a group has taken a row.
   *
   * @param isNew whether it had none before
   */
  void entered(int group, boolean isNew, long time) {
    isKnownEmpty = false;
    int slot = groups.slot(group);
    if (isNew) {
      order.begin(groups, slot);
      enterPartition(slot);
    }
    rowsTaken.set(rowsTaken.get() + 1);
    if (order.isNew(groups, slot) || time < field(0)[slot]) {
      field(0)[slot] = time;
      field(1)[slot] = rowsTaken.get();
    }
  }

  private void enterPartition(int slot) {
    SlotTable all = partitions;
    if (all != null) {
      copyPartition(slot);
      all.resolve(partition, 0, 1, slots);
      ((LongColumn) all.field(0)).values()[slots[0]]++;
      field(PARTITION)[slot] = all.number(slots[0]) + 1L;
    }
  }

  private void leavePartition(int group) {
    SlotTable all = partitions;
    if (all != null) {
      int slot = all.slot(partitionOf(group));
      all.touch(slot);
      if (--((LongColumn) all.field(0)).values()[slot] == 0) {
        all.remove(slot);
      }
    }
  }

  private int partitionOf(int group) {
    if (group == NONE) {
      return NONE;
    }
    int slot = groups.slot(group);
    return (int) field(PARTITION)[slot] - 1;
  }

  private void copyPartition(int slot) {
    for (int k = 0; k < partition.length; k++) {
      partition[k].clearNulls();
      partition[k].copy(groups.key(k), slot, 0);
    }
  }

  /**
   * Comes behind a change.
   *
   * @param from the group that a row has left, or -1; it may have no rows any more
   * @param to the group that one has entered, or -1
   */
  void behind(int from, int to, Batch batch, int row, Output output) {
    if (ticks != null) {
      ticks.took(batch.rowtimes()[row]);
    } else if (counts != null) {
      int left = partitionOf(from);
      int entered = partitionOf(to);
      if (left != NONE) {
        count(counts, from, left, batch, row, output);
      }
      if (entered != NONE && entered != left) {
        count(counts, to, entered, batch, row, output);
      }
    }
    if (from != NONE && rowsOf(from) == 0) {
      leavePartition(from);
    }
  }

  private void count(
      RowCounts counted, int group, int ofPartition, Batch batch, int row, Output output) {
    copyPartition(groups.slot(group));
    if (counted.count(partition, 0, batch, row) == everyRows) {
      long number = snapshots.take();
      long time = batch.rowtimes()[row];
      moment = batch.moment(row);
      write(find(ofPartition), time, batch.position(row), number, batch.lateness(), output);
    }
  }

  /** Comes at the end of a turn. */
  void end(Timeline timeline, Output output) {
    if (ticks != null) {
      ticks.end(timeline, output);
      flush(outputTimeline, output);
    } else if (counts != null) {
      counts.expireAll(timeline);
    }
  }

  /** Sends each group with the time that it has. */
  void sendAll(int code, Output output) {
    int count = find(NONE);
    for (int i = 0; i < count; i++) {
      if (out.size() == batchSize) {
        flush(outputTimeline, output);
      }
      int slot = groups.slot(sent[i]);
      long time = ((LongColumn) groups.field(timeField)).values()[slot];
      int row = columns.writeGroups(groups, kernel, sent, i, i + 1, time, code, out);
      out.dueAt(row, Timeline.END);
    }
    flush(outputTimeline, output);
  }

  @Override
  public boolean isEmpty() {
    return isKnownEmpty || groups.size() == 0;
  }

  @Override
  public void reached(long tick, int code) {}

  @Override
  public void send(long tick, int code, long due, Output output) {
    moment = due;
    int count = find(NONE);
    isKnownEmpty = count == 0;
    write(count, tick, code, 0, outputTimeline, output);
  }

  /** Finds the groups with rows of a partition, or of all, in their order. */
  private int find(int ofPartition) {
    if (sent.length < groups.size()) {
      sent = new int[Math.max(groups.size(), 2 * sent.length)];
    }
    int count = 0;
    for (int group = 0; group < groups.limit(); group++) {
      if (groups.isUsed(group)
          && rowsOf(group) > 0
          && (ofPartition == NONE || ofPartition == partitionOf(group))) {
        sent[count++] = group;
      }
    }
    order.sort(groups, sent, count);
    return count;
  }

  private void write(
      int count, long time, int code, long number, Timeline lateness, Output output) {
    for (int from = 0, to; from < count; from = to) {
      if (out.size() == batchSize) {
        flush(lateness, output);
      }
      to = Math.min(count, from + batchSize - out.size());
      int first = columns.writeGroups(groups, kernel, sent, from, to, time, code, out);
      out.moment(first, moment);
      if (countsRows) {
        int behind = spec.keys().size() + spec.program().results().size();
        Arrays.fill(((LongColumn) out.column(behind)).values(), first, out.size(), number);
      }
    }
  }

  /** Sends what has been written for the rows of a batch. */
  void flush(Batch batch, Output output) {
    flush(countsRows ? batch.lateness() : outputTimeline, output);
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }

  private long rowsOf(int group) {
    int slot = groups.slot(group);
    return ((LongColumn) groups.field(ROW_COUNT)).values()[slot];
  }

  private long[] field(int index) {
    return ((LongColumn) groups.field(firstField + index)).values();
  }
}
