package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator whose windows take rows one by one and send groups as they do: an arriving row takes
 * others out of their groups, then goes into its own. What a window holds, and which rows leave, is
 * for the subclass to say; a row is kept as the arguments of the aggregates, what else the window
 * reads of it, the number of its group, and, if the aggregates are ordered, its time and its own
 * number. Groups are named by their numbers throughout. Instead, all groups may be sent now and
 * then; then rows are kept with their times and numbers in any case.
 */
abstract class ArrivalOperator implements HeldContents.Holder, WindowSnapshots.Contents {
  private static final int VERSION = 1;
  private static final int ROW_COUNT = 0;

  private final WindowGroups spec;
  private final KernelLoader loader;
  private final boolean knowsEntered;
  private final RowErrors errors = new RowErrors();
  private final Column[] partition;
  private final KeptColumns kept;
  private final int[] one = new int[1];
  private SlotTable groups;
  private @Nullable LongValue rowsArrived;
  private @Nullable WindowSnapshots snapshots;
  private @Nullable LeavingRows leaving;

  /** The rows in the order in which they have entered, where that is needed. */
  private @Nullable EnteredRows entered;

  /** Of each group, where others than the newest row send it. */
  private NewestRows newest = NewestRows.none();

  private AggregateKernel kernel;
  private GroupColumns columns;
  private ArrivalOutput out;

  private int[] groupSlots = new int[0];
  private SlidingGroups slidingGroups;

  /** Whether a row has left the group of the arriving one for it, and both are one change. */
  private boolean isReplacing;

  /** Whether rows of a batch are taken, which hold numbers of groups. */
  private boolean isTaking;

  /** Groups that have become empty meanwhile. */
  private final TouchedGroups emptied = new TouchedGroups();

  /**
   * @param ofWindow the columns in the input that are kept behind the arguments
   */
  ArrivalOperator(WindowGroups spec, List<Integer> ofWindow, KernelLoader loader) {
    this(spec, ofWindow, false, loader);
  }

  /**
   * @param leaveInAnyOrder whether a row may leave that is not the oldest to have entered
   */
  ArrivalOperator(
      WindowGroups spec, List<Integer> ofWindow, boolean leaveInAnyOrder, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.knowsEntered = leaveInAnyOrder && spec.sendsNewestOfRest();
    partition = new Column[spec.partition().size()];
    kept = new KeptColumns(spec, ofWindow, knowsEntered);
  }

  @Override
  public void open(OperatorContext context) {
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(groupFields());
    int ofSnapshots = fields.size();
    SnapshotSpec every = spec.snapshots();
    if (every != null) {
      fields.addAll(WindowSnapshots.FIELDS);
    }
    int ofEntered = fields.size();
    if (knowsEntered) {
      fields.add(EnteredRows.NEWEST);
    } else if (spec.keepsNewest()) {
      newest = new NewestRows(fields.size(), spec.carried());
      fields.addAll(NewestRows.fields(spec.input(), spec.carried()));
    }
    groups =
        context
            .state()
            .slotTable(
                new SlotTableSpec("groups", VERSION, spec.types(spec.keys()), fields)
                    .keyedBy(spec.keys()));
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
    out = new ArrivalOutput(spec, context);
    slidingGroups =
        new SlidingGroups(groups, kernel, columns, out.sent(), errors, emptied, kept.groupColumn());
    rowsArrived = kept.areNumbered() ? context.state().longValue("rows_arrived") : null;
    if (every != null) {
      snapshots =
          new WindowSnapshots(
              spec, every, this, groups, ofSnapshots, kernel, newest, kept.groupColumn(), context);
    } else if (spec.emission().isOnExpiry()) {
      entered =
          knowsEntered
              ? new EnteredRows(context.state(), spec.input(), spec.carried(), ofEntered)
              : null;
      leaving =
          new LeavingRows(
              spec,
              groups,
              kernel,
              entered == null ? newest : entered,
              kept.groupColumn(),
              context.outputTimeline());
    }
  }

  @Override
  public final void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (entered != null) {
      entered.begin(batch);
    }
    if (groupSlots.length < count) {
      groupSlots = new int[count];
    }
    columns.of(batch);
    kept.take(batch, columns, rowsArrived);
    for (int i = 0; i < partition.length; i++) {
      partition[i] = batch.column(spec.partition().get(i));
    }
    out.begin(batch, columns);
    begin(batch);
    boolean anyNew = findGroups(count);
    isTaking = true;
    if (snapshots == null) {
      for (int row = 0; row < count; ) {
        row = arriveFrom(batch, row, output);
      }
      out.send(batch.lateness(), output);
    } else {
      arrive(batch, snapshots, output);
    }
    end(batch, output);
    isTaking = false;
    dropEmptied(anyNew ? count : 0);
    errors.giveTo(output, batch);
  }

  /**
   * Finds or makes the groups of all rows of the batch; those that none enters go in the end.
   * Groups that last would stay, and are found when their rows enter.
   *
   * @return whether a group was made
   */
  private boolean findGroups(int count) {
    if (spec.program().isLasting()) {
      return false;
    }
    int before = groups.size();
    groups.resolve(columns.keys(), 0, count, groupSlots);
    for (int row = 0; row < count; row++) {
      kept.groupOf(row, groups.number(groupSlots[row]));
    }
    return groups.size() > before;
  }

  /** Drops the groups that have become empty, and of so many rows those that still are. */
  private void dropEmptied(int count) {
    for (int i = 0; i < emptied.count(); i++) {
      drop(emptied.get(i));
    }
    emptied.clear();
    for (int row = 0; row < count; row++) {
      drop(kept.groupOf(row));
    }
  }

  private void drop(int group) {
    if (groups.isUsed(group) && rowsOf(group) == 0) {
      groups.remove(groups.slot(group));
    }
  }

  private void arrive(Batch batch, WindowSnapshots sent, Output output) {
    sent.begin(batch);
    for (int row = 0; row < batch.size(); row++) {
      sent.before(batch, row, output);
      if (arrive(batch, row, output)) {
        sent.behind(partition, batch, row, windowOf(row), output);
      }
    }
    sent.flush(batch, output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT && snapshots != null) {
      snapshots.end(timeline, output);
    }
    return false;
  }

  @Override
  public void moveTo(long time) {}

  @Override
  public final HeldContents contents() {
    return KeptContents.of(this, spec.types(spec.carried()), kept.groupColumn());
  }

  /** What the subclass keeps of a group, behind the fields of its aggregates. */
  List<StateType> groupFields() {
    return List.of();
  }

  /** Takes the columns of a batch, whose rows come next. */
  abstract void begin(Batch batch);

  /** Takes a row; false if it fails or is late. */
  abstract boolean arrive(Batch batch, int row, Output output);

  /**
   * Takes a row of a batch, or several.
   *
   * @return the row behind them
   */
  int arriveFrom(Batch batch, int row, Output output) {
    arrive(batch, row, output);
    return row + 1;
  }

  /** The number of the window of a row of the batch. */
  abstract int windowOf(int row);

  /** Whether the newest row of a window is that of the greatest time; else the last to come. */
  boolean isNewestByTime() {
    return false;
  }

  /** Comes behind the rows of a batch. */
  abstract void end(Batch batch, Output output);

  /** The columns of the batch that tell windows apart. */
  final Column[] partition() {
    return partition;
  }

  /** The columns of the batch's rows as they are kept. */
  final Column[] kept() {
    return kept.columns();
  }

  /** The rows of the batch that have failed. */
  final RowErrors errors() {
    return errors;
  }

  /** The index in {@link #kept} of the column of groups. */
  final int groupColumn() {
    return kept.groupColumn();
  }

  /** The types of {@link #kept}. */
  final List<DataType> keptTypes() {
    return kept.types();
  }

  /** {@link #kept} as fields of a table. */
  final List<StateType> keptFields() {
    return kept.fields();
  }

  /** The group of a row that enters. */
  final int groupOf(int row) {
    if (spec.program().isLasting()) {
      groups.resolve(columns.keys(), row, row + 1, groupSlots);
      kept.groupOf(row, groups.number(groupSlots[row]));
    }
    return kept.groupOf(row);
  }

  /** Adds a row to the group that it was found to have; false if it fails and leaves no trace. */
  final boolean add(int row) {
    int failed = errors.size();
    groupSlots[row] = changing(kept.groupOf(row));
    kernel.add(columns.arguments(), row, row + 1, groupSlots, errors);
    if (errors.size() > failed) {
      isReplacing = false;
      if (leaving != null) {
        leaving.clear();
      }
      return false;
    }
    if (snapshots != null) {
      snapshots.entered(groupSlots[row], kept.time(row), kept.number(row), windowOf(row));
    }
    if (entered != null) {
      kept.entered(row, entered.add(groups, groupSlots[row], row));
    }
    return true;
  }

  /** The group of a row that is kept. */
  final int groupOf(Column[] rows, int index) {
    return (int) ((LongColumn) rows[kept.groupColumn()]).values()[index];
  }

  /** Takes a row that is kept out of its group, which may be empty then, and gives the group. */
  final int remove(Column[] rows, int index) {
    int group = groupOf(rows, index);
    int slot = changing(group);
    kernel.remove(rows, index, slot);
    if (entered != null) {
      entered.leave(groups, slot, kept.entered(rows, index));
    }
    if (snapshots != null) {
      snapshots.left(slot, ((LongColumn) rows[kept.groupColumn() + 2]).values()[index]);
    }
    return group;
  }

  /** Makes a group's aggregates as if it had no rows. */
  final void reset(int group) {
    kernel.reset(changing(group));
  }

  /** Puts a row that is kept into its group, which it has been in before. */
  final void addBack(Column[] rows, int index) {
    int slot = changing(groupOf(rows, index));
    kernel.addBack(rows, index, slot);
    if (entered != null) {
      entered.putBack(groups, slot);
    }
  }

  /** The slot of a group that is changed next. */
  private int changing(int group) {
    int slot = groups.slot(group);
    groups.touch(slot);
    kernel.bind(groups);
    return slot;
  }

  /** How many rows a group holds. */
  final long rowsOf(int group) {
    int slot = groups.slot(group);
    return ((LongColumn) groups.field(ROW_COUNT)).values()[slot];
  }

  /** Has a group go if it has no rows: now, or at the end of the batch whose rows are taken. */
  final void dropIfEmpty(int group) {
    if (rowsOf(group) > 0 || spec.program().isLasting()) {
      return;
    }
    if (isTaking) {
      emptied.add(group);
    } else {
      groups.remove(groups.slot(group));
    }
  }

  /**
   * Says that a row, or its group, is to be sent because it leaves for an arriving one, if such
   * are.
   *
   * @param rows the columns of rows as they are kept
   * @param group which it has been taken out of
   */
  final void noteLeaving(Column[] rows, int index, int group, Batch batch, int row) {
    if (leaving != null && spec.sendsLeavingRows()) {
      leaving.addRow(rows, index, group, batch, row);
    } else {
      noteLeft(group, batch, row, true);
    }
  }

  /**
   * Says that a group is to be sent because rows have left it, if such are.
   *
   * @param isEntering whether the arriving row enters, so that its group changes once
   */
  final void noteLeft(int group, Batch batch, int row, boolean isEntering) {
    if (leaving == null || spec.sendsLeavingRows()) {
      return;
    }
    if (spec.emission().changesOnce() && isEntering && group == kept.groupOf(row)) {
      isReplacing = true;
    } else {
      leaving.addGroup(group, batch, row);
    }
  }

  /** Sends what leaves. */
  final void sendLeaving(Batch batch, Output output) {
    if (leaving != null) {
      out.sendLeaving(leaving, batch, output);
    }
  }

  /** For how many rows there is room in what is sent; one at least. */
  final int roomToSend(Batch batch, Output output) {
    out.sendIfFull(batch.lateness(), output);
    return out.room();
  }

  /** Takes rows of a run and sends their groups; gives the row that failed, or {@code to}. */
  final int slide(LengthRuns run, int from, int to) {
    int at = out.sent().prepare(to - from, out.buffer());
    return slidingGroups.slide(run, from, to, kept.groups(), at);
  }

  /** What is to be sent because rows leave, if such is. */
  final @Nullable LeavingRows leaving() {
    return leaving;
  }

  /**
   * Sends what leaves because moments have come, which is late by no watermark.
   *
   * @param before by which the rows are late that have been sent of the batch; null without one
   */
  final void sendLeavingAtMoments(LeavingRows rows, @Nullable Timeline before, Output output) {
    boolean isApart = before != null && before != out.timeline() && rows.size() > 0;
    if (before != null && isApart) {
      out.send(before, output);
    }
    out.sendLeavingAtMoments(rows, output);
    if (isApart || before == null) {
      out.send(out.timeline(), output);
    }
  }

  private void noteNewest(Batch batch, int row) {
    if (newest.size() > 0) {
      int group = kept.groupOf(row);
      boolean begins = !isNewestByTime() || rowsOf(group) == 1;
      groupSlots[row] = groups.slot(group);
      if (begins) {
        newest.begin(groups, groupSlots[row]);
      }
      newest.note(groups, batch, row, row + 1, groupSlots, errors);
    }
  }

  /** Sends what has left for a row that has arrived, then its group, as the emission says. */
  final void send(Batch batch, int row, Output output) {
    noteNewest(batch, row);
    sendLeaving(batch, output);
    if (snapshots != null || !spec.emission().isOnArrival()) {
      return;
    }
    int group = kept.groupOf(row);
    if (spec.emission().isByGroup()) {
      boolean isNew = rowsOf(group) == 1 && !isReplacing;
      isReplacing = false;
      RowKind kind = isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER;
      send(group, kind, batch.rowtimes()[row], batch, row, output);
      return;
    }
    one[0] = groups.slot(group);
    kernel.bind(groups);
    SentRows sent = out.sent();
    kernel.results(one, 0, 1, sent.results(), sent.add(row, out.buffer()));
    out.sendIfFull(batch.lateness(), output);
  }

  /** The groups: their fields are those of the program, then {@link #groupFields}. */
  final SlotTable groups() {
    return groups;
  }

  final AggregateKernel kernel() {
    return kernel;
  }

  /** Sends a change of a group, because a row has arrived; of a deletion the keys alone. */
  final void send(int group, RowKind kind, long time, Batch batch, int row, Output output) {
    RowBuffer rows = out.next();
    int to = rows.appendFor(batch, row, time, kind);
    one[0] = groups.slot(group);
    for (int k = 0; k < columns.keys().length; k++) {
      rows.column(k).copy(groups.key(k), one[0], to);
    }
    if (kind == RowKind.DELETE) {
      for (int c = columns.keys().length; c < rows.columns().length; c++) {
        rows.column(c).setNull(to);
      }
    } else {
      kernel.bind(groups);
      kernel.results(one, 0, 1, columns.resultsOf(rows), to);
      int firstCarried = spec.keys().size() + spec.program().results().size();
      NewestColumns ofGroups = entered == null ? newest : entered;
      ofGroups.write(groups, one[0], rows.columns(), firstCarried, to);
      spec.emission().mark(rows.columns(), to, true);
    }
    out.sendIfFull(batch.lateness(), output);
  }

  /** Sends the groups {@code numbers[0..count)}, because a row has arrived. */
  final void send(Batch batch, int row, int[] numbers, int count, Output output) {
    RowBuffer rows = out.next();
    for (int from = 0, to; from < count; from = to) {
      to = Math.min(count, from + out.room());
      long time = batch.rowtimes()[row];
      int first =
          columns.writeGroups(groups, kernel, numbers, from, to, time, batch.position(row), rows);
      rows.moment(first, batch.moment(row));
      out.sendIfFull(batch.lateness(), output);
    }
  }
}
