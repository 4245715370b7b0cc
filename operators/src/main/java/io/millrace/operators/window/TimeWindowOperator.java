package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.SlidingRows;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Sliding windows by time: the rows with {@code t - size < rowtime <= t}, where t is the greatest
 * time so far, of rows or of the watermark. An arriving row moves t, so that others leave; then it
 * goes into its group. Groups that rows come into or leave are sent, as the emission says: where
 * the watermark moves t over the moments at which rows leave, at the advances that reach them.
 */
final class TimeWindowOperator implements Operator {
  private static final int VERSION = 1;
  private final TimeWindowSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final LongColumn groupOfRow = new LongColumn(0);
  private final LongColumn times = new LongColumn(0);
  private final TouchedGroups touched = new TouchedGroups();
  private final NewestRows newest;
  private final TimedRows.Leaving leaving = this::leave;
  private SlotTable groups;
  private CountedGroups counted;
  private TimedRows rows;

  /** Turned around at {@link Long#MIN_VALUE}, so that at first there is no time. */
  private LongValue now;

  private AggregateKernel kernel;
  private GroupColumns columns;

  /** The arguments and the times, as the kernel takes them. */
  private Column[] added;

  /** The arguments, the columns that are sent of rows that leave, the groups, as they are kept. */
  private Column[] kept;

  private RowBuffer out;

  /** The rows of the batch that are sent, behind those in {@code out}. */
  private final SentRows sent;

  private Timeline outputTimeline;

  /** By which the rows in {@code out} are late. */
  private Timeline outLateness;

  private int batchSize;
  private final int[] one = new int[1];
  private final FoundSlots found = new FoundSlots();

  /** By row of the batch the slot of its group, while it is dealt with. */
  private int[] slots = new int[0];

  /** See {@link SlidingRows}. */
  private int[] leftEnds = new int[0];

  private int[] leftSlots = new int[0];

  /** By row of the batch how far time is before it. */
  private long[] watermarks = new long[0];

  TimeWindowOperator(TimeWindowSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.newest =
        new NewestRows(
            spec.program().fields().size(),
            spec.emission().isOnExpiry() && !spec.sendsLeavingRows() ? spec.carried() : List.of());
    this.sent = new SentRows(spec.keys().size() + spec.program().results().size(), spec.carried());
  }

  @Override
  public void open(OperatorContext context) {
    List<DataType> keys = spec.keys().stream().map(spec.input()::type).toList();
    List<StateType> groupFields = new ArrayList<>(spec.program().fields());
    if (newest.size() > 0) {
      groupFields.addAll(NewestRows.fields(spec.input(), spec.carried()));
    }
    groups = context.state().slotTable(new SlotTableSpec("groups", VERSION, keys, groupFields));
    now = context.state().longValue("now");
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < spec.arguments().size(); i++) {
      fields.add(new Field("a" + i, spec.input().type(spec.arguments().get(i))));
    }
    added = new Column[fields.size() + 1];
    for (int i = 0; i < spec.carried().size() && spec.sendsLeavingRows(); i++) {
      fields.add(new Field("c" + i, spec.input().type(spec.carried().get(i))));
    }
    fields.add(new Field("group", DataType.BIGINT));
    kept = new Column[fields.size()];
    outputTimeline = context.outputTimeline();
    outLateness = outputTimeline;
    rows = new TimedRows(context.state(), new Schema(fields), kept, outputTimeline);
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    counted = new CountedGroups(groups, kernel, spec.program().isLasting());
    columns = new GroupColumns(spec.keys(), spec.arguments());
    batchSize = context.batchSize();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    take(batch);
    rows.begin();
    sent.begin(batch, columns, out);
    long[] rowtimes = batch.rowtimes();
    Timeline timeline = batch.timeline();
    boolean sendsOnTheWay = spec.emission().isOnExpiry();
    for (int row = slide(batch, 0, output);
        row < batch.size();
        row = slide(batch, row + 1, output)) {
      long watermark = watermarks[row];
      if (sendsOnTheWay) {
        moveTo(watermark, timeline, output);
        moveTo(batch, row, output);
      } else {
        moveTo(Math.max(watermark, rowtimes[row]));
      }
      arrive(batch, row, output);
    }
    rows.end();
    flush(output);
    errors.giveTo(output, batch);
    counted.dropEmpty();
  }

  /**
   * Takes rows as long as they come in the order of times, none is late or fails, and it is known
   * which leave for them.
   *
   * @return the first row that is not taken
   */
  private int slide(Batch batch, int first, Output output) {
    int from = first;
    while (from < batch.size() && spec.emission() == SlidingEmission.ARRIVAL) {
      prepare(batch.lateness(), output);
      int to = findRun(batch, from);
      if (to == from) {
        return from;
      }
      from = takeRun(batch, from, to);
    }
    return from;
  }

  /** Finds which rows leave for those of a batch from one on, as far as this is known. */
  private int findRun(Batch batch, int from) {
    long[] rowtimes = batch.rowtimes();
    if (!rows.isInOrder(rowtimes[from])) {
      return from;
    }
    long[] frontTimes = rows.frontTimes();
    int end = rows.to();
    boolean hasMore = rows.hasMore();
    int next = rows.at();
    int most = Math.min(batch.size(), from + batchSize - out.size() - sent.count());
    long newest = rowtimes[from];
    long reached = time();
    int row = from;
    for (; row < most; row++) {
      long time = rowtimes[row];
      reached = Math.max(reached, Math.max(time, watermarks[row]));
      long gone = TimedRows.gone(reached, spec.sizeMillis());
      if (time < newest || time <= gone) {
        break;
      }
      while (next < end && frontTimes[next] <= gone) {
        next++;
      }
      boolean areTooMany = row - from + next - rows.at() >= SlotTable.HELD;
      if (areTooMany || (next == end && (hasMore || row > from))) {
        break;
      }
      newest = time;
      leftEnds[row] = next;
    }
    return row;
  }

  /**
   * Takes rows of a run, and those off that leave for them.
   *
   * @return the first that is not taken; one that fails is
   */
  private int takeRun(Batch batch, int from, int to) {
    int leftFrom = rows.at();
    int leftTo = leftEnds[to - 1];
    Column[] front = rows.front();
    findSlots(from, to, front, leftFrom, leftTo);
    SlidingRows sliding = new SlidingRows(added, slots, front, leftSlots, leftEnds, sent.results());
    int at = sent.prepare(to - from, out);
    int end = kernel.slide(sliding, from, to, leftFrom, at, errors);
    int last = Math.min(end, to - 1);
    long reached = Math.max(time(), Math.max(watermarks[last], batch.rowtimes()[last]));
    now.set(reached ^ Long.MIN_VALUE);
    long[] rowCounts = counted.rowCounts();
    for (int i = leftFrom; i < leftEnds[last]; i++) {
      if (rowCounts[leftSlots[i]] == 0) {
        counted.noteEmpty(groupOf(front, i));
      }
    }
    rows.takeTo(leftEnds[last]);
    if (end > from) {
      sent.addAll(from, end);
      rows.addAll(batch, from, end);
    }
    if (end < to) {
      counted.noteIfEmpty(groupOf(end));
    }
    return last + 1;
  }

  /** Finds the slots of the groups of rows that come and of rows that leave, all valid together. */
  private void findSlots(int from, int to, Column[] front, int leftFrom, int leftTo) {
    if (leftSlots.length < leftTo) {
      leftSlots = new int[Math.max(leftTo, 2 * leftSlots.length)];
    }
    found.begin();
    found.add(groupOfRow.values(), from, to);
    found.add(((LongColumn) front[front.length - 1]).values(), leftFrom, leftTo);
    found.findChanging(groups);
    found.copy(0, slots, from, to);
    found.copy(to - from, leftSlots, leftFrom, leftTo);
    kernel.bind(groups);
  }

  private void take(Batch batch) {
    int count = batch.size();
    if (slots.length < count) {
      slots = new int[count];
      leftEnds = new int[count];
      watermarks = new long[count];
    }
    batch.reached(0, count, watermarks);
    groupOfRow.ensureCapacity(count);
    times.ensureCapacity(count);
    System.arraycopy(batch.rowtimes(), 0, times.values(), 0, count);
    columns.of(batch);
    int arguments = columns.arguments().length;
    System.arraycopy(columns.arguments(), 0, added, 0, arguments);
    System.arraycopy(columns.arguments(), 0, kept, 0, arguments);
    added[arguments] = times;
    for (int i = arguments; i < kept.length - 1; i++) {
      kept[i] = batch.column(spec.carried().get(i - arguments));
    }
    kept[kept.length - 1] = groupOfRow;
    // No group is removed before the end of the call, so all numbers stay what they are.
    groups.resolve(columns.keys(), 0, count, slots);
    long[] numbers = groupOfRow.values();
    for (int row = 0; row < count; row++) {
      numbers[row] = groups.number(slots[row]);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT && timeline.last() > time()) {
      rows.begin();
      moveTo(timeline.last(), timeline, output);
      rows.end();
      flush(output);
      counted.dropEmpty();
    }
    return false;
  }

  private long time() {
    return now.get() ^ Long.MIN_VALUE;
  }

  private long gone() {
    return TimedRows.gone(time(), spec.sizeMillis());
  }

  /** Moves t to a watermark; rows leave at the advances that reach the moment. */
  private void moveTo(long time, Timeline timeline, Output output) {
    while (leavesBy(time)) {
      long moment = nextMoment();
      int position = Timeline.ofAdvance(timeline.firstReaching(moment, 0));
      leaveAt(moment, position, timeline.momentOfDeadline(moment, position), output);
    }
    moveTo(time);
  }

  /** Moves t to the time of a row; rows leave at its position. */
  private void moveTo(Batch batch, int row, Output output) {
    while (leavesBy(batch.rowtimes()[row])) {
      long moment = nextMoment();
      leaveAt(moment, batch.position(row), batch.momentFor(row, moment), output);
    }
    moveTo(batch.rowtimes()[row]);
  }

  private void moveTo(long time) {
    if (time > time()) {
      now.set(time ^ Long.MIN_VALUE);
      rows.takeUpTo(gone(), leaving);
    }
  }

  /** Sends the rows that leave at a moment. */
  private void sendRowsAt(long moment, int position, long due, Output output) {
    now.set(moment ^ Long.MIN_VALUE);
    int firstCarried = columns.keys().length;
    rows.takeUpTo(
        gone(),
        (row, index) -> {
          int group = groupOf(row, index);
          leave(row, index);
          int to = append(moment, position, due, spec.emission().kindOfLeaving(), output);
          counted.writeKey(group, columns.keys().length, out.columns(), to);
          for (int i = 0; i < spec.carried().size(); i++) {
            out.column(firstCarried + i).copy(row[columns.arguments().length + i], index, to);
          }
        });
  }

  /** The number of the group of a row that is kept. */
  private static int groupOf(Column[] row, int index) {
    return (int) ((LongColumn) row[row.length - 1]).values()[index];
  }

  /** The number of the group of a row of the batch. */
  private int groupOf(int row) {
    return (int) groupOfRow.values()[row];
  }

  /** Whether rows leave on the way to a time, and send their groups. */
  private boolean leavesBy(long time) {
    return spec.emission().isOnExpiry() && time > time() && !rows.isEmpty() && nextMoment() <= time;
  }

  /** When the next row leaves. */
  private long nextMoment() {
    long first = rows.firstTime();
    return first > Timeline.END - spec.sizeMillis() ? Timeline.END : first + spec.sizeMillis();
  }

  /**
   * Sends the groups that rows leave at a moment, after all have left.
   *
   * @param due see {@link Batch#moments}
   */
  private void leaveAt(long moment, int position, long due, Output output) {
    if (spec.sendsLeavingRows()) {
      sendRowsAt(moment, position, due, output);
      return;
    }
    moveTo(moment);
    for (int i = 0; i < touched.count(); i++) {
      int group = touched.get(i);
      if (counted.rowsOf(group) > 0) {
        RowKind kind = spec.emission().isByGroup() ? RowKind.UPDATE_AFTER : RowKind.INSERT;
        write(group, append(moment, position, due, kind, output), false);
      } else if (spec.emission().isByGroup()) {
        writeGone(group, append(moment, position, due, RowKind.DELETE, output));
      }
    }
    touched.clear();
  }

  private void leave(Column[] row, int index) {
    int group = groupOf(row, index);
    int slot = counted.changing(group);
    kernel.remove(row, index, slot);
    if (counted.rowsAt(slot) == 0) {
      counted.noteEmpty(group);
    }
    if (spec.emission().isOnExpiry() && !spec.sendsLeavingRows()) {
      touched.add(group);
    }
  }

  private void arrive(Batch batch, int row, Output output) {
    int group = groupOf(row);
    if (batch.rowtimes()[row] <= gone()) {
      counted.noteIfEmpty(group);
      output.late(batch, row);
      return;
    }
    int failed = errors.size();
    int slot = counted.changing(group);
    slots[row] = slot;
    kernel.add(added, row, row + 1, slots, errors);
    if (errors.size() > failed) {
      counted.noteIfEmpty(group);
      return;
    }
    rows.add(batch, row);
    if (counted.rowsAt(slot) == 1) {
      newest.begin(groups, slot);
    }
    newest.note(groups, batch, row, row + 1, slots, errors);
    if (spec.emission().isByGroup()) {
      sendChange(batch, row, output);
    } else if (spec.emission().isOnArrival()) {
      send(batch, row, output);
    }
  }

  private void send(Batch batch, int row, Output output) {
    prepare(batch.lateness(), output);
    kernel.results(slots, row, row + 1, sent.results(), sent.add(row, out));
  }

  /** Sends the group of a row that has entered it, as a change by group. */
  private void sendChange(Batch batch, int row, Output output) {
    prepare(batch.lateness(), output);
    int group = groupOf(row);
    RowKind kind = counted.rowsOf(group) == 1 ? RowKind.INSERT : RowKind.UPDATE_AFTER;
    int to = out.appendFor(batch, row, batch.rowtimes()[row], kind);
    write(group, to, true);
  }

  /** Says that a group is empty. */
  private void writeGone(int group, int to) {
    counted.writeKey(group, columns.keys().length, out.columns(), to);
    for (int c = columns.keys().length; c < out.columns().length; c++) {
      out.column(c).setNull(to);
    }
  }

  /** Adds a row that is sent because others leave. */
  private int append(long moment, int position, long due, RowKind kind, Output output) {
    prepare(outputTimeline, output);
    sent.append(out);
    int to = out.append(moment, position, kind);
    out.moment(to, due);
    return to;
  }

  private void write(int group, int to, boolean isOfEntering) {
    counted.writeKey(group, columns.keys().length, out.columns(), to);
    one[0] = counted.reading(group);
    kernel.results(one, 0, 1, columns.resultsOf(out), to);
    int firstCarried = columns.keys().length + spec.program().results().size();
    newest.write(groups, one[0], out.columns(), firstCarried, to);
    spec.emission().mark(out.columns(), to, isOfEntering);
  }

  /** Makes room for a row that is late by a watermark. */
  private void prepare(Timeline lateness, Output output) {
    if (out.size() + sent.count() == batchSize || outLateness != lateness) {
      flush(output);
      outLateness = lateness;
    }
  }

  private void flush(Output output) {
    sent.append(out);
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, outLateness));
      out.clear();
    }
  }
}
