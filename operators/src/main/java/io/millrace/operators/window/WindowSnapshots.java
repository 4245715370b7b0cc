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
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends what sliding windows hold now and then: all groups with rows, or those of one window, in
 * the order of their first rows there. A group knows its first row until that leaves; then it is
 * looked for among the window's rows when a snapshot is sent.
 */
final class WindowSnapshots implements SnapshotTicks.Sender {
  /** What is kept of a group. */
  static final List<StateType> FIELDS =
      List.of(
          GroupOrder.FIELDS_OF_NUMBERED.get(0),
          GroupOrder.FIELDS_OF_NUMBERED.get(1),
          StateType.of("window", new KeyNumber("windows", 1)));

  private static final int ROW_COUNT = 0;
  private static final int ALL = -1;
  private final WindowGroups spec;
  private final SnapshotSpec every;
  private final Contents contents;
  private final SlotTable groups;
  private final AggregateKernel kernel;
  private final GroupColumns columns;
  private final int firstField;
  private final GroupOrder order;
  private final NewestRows newest;
  private final FirstRows firsts;
  private final @Nullable SnapshotTicks ticks;
  private final @Nullable RowCounts counts;
  private final @Nullable EmissionNumbers snapshots;
  private final RowBuffer out;
  private final Timeline outputTimeline;
  private final int batchSize;

  /** That of what is sent next: see {@link Batch#moments}. */
  private long moment;

  private int[] sent = new int[16];

  /** Whether nothing was there when a snapshot was to be sent, and nothing has come since. */
  private boolean isKnownEmpty;

  /** What the windows hold. */
  interface Contents {
    /** Lets go what windows do not hold any more when a time has come. */
    void moveTo(long time);

    /**
     * Shows rows of the windows of which first rows are wanted: all, or as many as are needed if
     * they are in the order of time.
     */
    void show(SeenRows seen);
  }

  /**
   * @param groupColumn the column of rows that are kept that holds their groups
   * @param firstField the index of the first of {@link #FIELDS} in the table of groups
   * @param newest of each group
   */
  WindowSnapshots(
      WindowGroups spec,
      SnapshotSpec every,
      Contents contents,
      SlotTable groups,
      int firstField,
      AggregateKernel kernel,
      NewestRows newest,
      int groupColumn,
      OperatorContext context) {
    this.spec = spec;
    this.every = every;
    this.contents = contents;
    this.groups = groups;
    this.kernel = kernel;
    this.firstField = firstField;
    columns = new GroupColumns(spec.keys(), spec.arguments());
    order = GroupOrder.ofNumbered(firstField);
    this.newest = newest;
    firsts = new FirstRows(groupColumn);
    boolean countsRows = every.countsRows();
    ticks = countsRows ? null : new SnapshotTicks(every.everyMillis(), context.state(), this);
    counts =
        countsRows
            ? new RowCounts(
                "counts",
                spec.input(),
                spec.partition(),
                every.everyRows(),
                every.ttlMillis(),
                context)
            : null;
    snapshots =
        countsRows
            ? new EmissionNumbers(context.state().longValue("snapshots"), every.set())
            : null;
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  /** Takes the columns of a batch, whose rows come next. */
  void begin(Batch batch) {
    if (snapshots != null) {
      snapshots.begin(batch);
    }
  }

  /** Comes before a row. */
  void before(Batch batch, int row, Output output) {
    if (snapshots != null) {
      snapshots.arrive(row);
    }
    if (ticks != null) {
      ticks.before(batch, row, output);
    } else if (counts != null) {
      counts.expireBefore(batch, row);
    }
  }

  /** Notes that a group has taken a row of a window. */
  void entered(int slot, long time, long number, int window) {
    isKnownEmpty = false;
    long[] times = field(0);
    long[] numbers = field(1);
    if (rowsAt(slot) == 1) {
      field(2)[slot] = window + 1L;
      times[slot] = time;
      numbers[slot] = number;
    } else if (numbers[slot] != 0 && time < times[slot]) {
      times[slot] = time;
      numbers[slot] = number;
    }
  }

  /** Notes that a row has left a group. */
  void left(int slot, long number) {
    if (field(1)[slot] == number) {
      field(1)[slot] = 0;
    }
  }

  /**
   * Comes behind a row that was not late and has not failed.
   *
   * @param partition the columns of the batch that tell windows apart
   */
  void behind(Column[] partition, Batch batch, int row, int window, Output output) {
    if (ticks != null) {
      ticks.took(batch.rowtimes()[row]);
    } else if (counts != null
        && isCounted(batch, row)
        && counts.count(partition, batch, row) == every.everyRows()
        && snapshots != null) {
      long number = snapshots.take();
      long time = batch.rowtimes()[row];
      moment = batch.moment(row);
      int count = spec.isUngrouped() ? findGroup(partition, row) : find(window);
      write(count, time, batch.position(row), number, batch.lateness(), output);
    }
  }

  private boolean isCounted(Batch batch, int row) {
    return every.counted() < 0 || Boolean.TRUE.equals(batch.column(every.counted()).get(row));
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

  @Override
  public boolean isEmpty() {
    return isKnownEmpty || groups.size() == 0;
  }

  @Override
  public void reached(long tick, int code) {}

  @Override
  public void send(long tick, int code, long due, Output output) {
    moment = due;
    contents.moveTo(tick);
    int count = find(ALL);
    isKnownEmpty = count == 0;
    write(count, tick, code, 0, outputTimeline, output);
  }

  /** Finds the group that a window is, which may have no rows, and gives the number of groups. */
  private int findGroup(Column[] partition, int row) {
    int slot = groups.find(partition, row);
    if (slot < 0 || rowsAt(slot) == 0) {
      return 0;
    }
    sent[0] = groups.number(slot);
    return 1;
  }

  /** Finds the groups with rows of a window, or of all, in their order, and gives their number. */
  private int find(int window) {
    if (sent.length < groups.size()) {
      sent = new int[Math.max(groups.size(), 2 * sent.length)];
    }
    int count = 0;
    for (int group = 0; group < groups.limit(); group++) {
      if (groups.isUsed(group)) {
        int slot = groups.slot(group);
        int ofGroup = (int) field(2)[slot] - 1;
        if (rowsAt(slot) > 0 && (window == ALL || window == ofGroup)) {
          sent[count++] = group;
          if (field(1)[slot] == 0) {
            firsts.want(group, ofGroup);
          }
        }
      }
    }
    findFirsts();
    if (!isSorted(count)) {
      order.sort(groups, sent, count);
    }
    return count;
  }

  private void findFirsts() {
    if (firsts.size() > 0) {
      contents.show(firsts);
      for (int i = 0; i < firsts.size(); i++) {
        int slot = groups.slot(firsts.group(i));
        groups.touch(slot);
        field(0)[slot] = firsts.time(i);
        field(1)[slot] = firsts.number(i);
      }
      firsts.clear();
    }
  }

  private boolean isSorted(int count) {
    long lastTime = Long.MIN_VALUE;
    long lastNumber = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      int slot = groups.slot(sent[i]);
      long time = field(0)[slot];
      long number = field(1)[slot];
      if (time < lastTime || (time == lastTime && number < lastNumber)) {
        return false;
      }
      lastTime = time;
      lastNumber = number;
    }
    return true;
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
      int behind = spec.keys().size() + spec.program().results().size();
      if (every.countsRows()) {
        Arrays.fill(((LongColumn) out.column(behind)).values(), first, out.size(), number);
        behind++;
      }
      for (int i = from; i < to && newest.size() > 0; i++) {
        newest.write(groups, groups.slot(sent[i]), out.columns(), behind, first + i - from);
      }
    }
  }

  /** Sends what has been written for the rows of a batch. */
  void flush(Batch batch, Output output) {
    flush(every.countsRows() ? batch.lateness() : outputTimeline, output);
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }

  private long rowsAt(int slot) {
    return ((LongColumn) groups.field(ROW_COUNT)).values()[slot];
  }

  private long[] field(int index) {
    return ((LongColumn) groups.field(firstField + index)).values();
  }
}
