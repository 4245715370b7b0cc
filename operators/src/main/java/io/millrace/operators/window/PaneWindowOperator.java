package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.MergingKernel;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows that overlap and close. A row goes into its pane; when a window is due, its panes are put
 * together and sent, and those that no later window has are forgotten.
 *
 * <p>What is looked at at ticks is such windows, too; see {@link TickChanges}.
 *
 * <p>A row that its own partition's watermark lets into some of the windows of its pane only, while
 * others wait for slower partitions, lies in a pane beside, with the first window that has it as a
 * part of its key.
 */
final class PaneWindowOperator extends ClosingOperator {
  private static final int VERSION = 1;
  private final PaneWindowSpec spec;
  private final PaneWindows windows;
  private final PaneGrid grid;
  private final PaneOfTime paneOfTime;
  private final KernelLoader loader;
  private final GroupOrder order;
  private final NewestRows newest;
  private final List<Integer> carried;
  private final LongColumn firstEnds = new LongColumn(0);
  private PaneLevels panes;
  private Panes belated;
  private SlotTable whole;

  /** Turned around at {@link Long#MIN_VALUE}, so that at first no window has closed. */
  private LongValue closed;

  private PaneGroups groups;
  private GroupColumns columns;
  private Column[] belatedKeys;
  private WindowOutput out;
  private @Nullable TickChanges ticks;

  /** What has left a window that is looked at, if an aggregate has to know it; else null. */
  private @Nullable LastingGroups lasting;

  PaneWindowOperator(PaneWindowSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.windows = spec.windows();
    this.grid = windows.grid();
    this.paneOfTime = new PaneOfTime(grid);
    this.loader = loader;
    int fields = spec.program().fields().size();
    this.order = new GroupOrder(fields);
    PaneWindowSpec.Ticks looked = spec.ticks();
    this.carried = looked == null ? List.of() : looked.carried();
    this.newest = new NewestRows(fields + GroupOrder.FIELDS.size(), carried);
  }

  @Override
  public void open(OperatorContext context) {
    MergingKernel kernel =
        (MergingKernel) loader.load(spec.program().kernel(), context.evaluation());
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
    groups = new PaneGroups(kernel, columns, order, newest, spec.keys().size());
    List<DataType> keys = spec.keys().stream().map(spec.input()::type).toList();
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    fields.addAll(NewestRows.fields(spec.input(), carried));
    SlotTableSpec table = new SlotTableSpec("groups", VERSION, keys, fields).keyedBy(spec.keys());
    panes = new PaneLevels(context.state(), table, windows.most(), groups);
    whole =
        context
            .state()
            .slotTable(new SlotTableSpec("window", VERSION, keys, fields).keyedBy(spec.keys()));
    List<DataType> withFirstEnd = new ArrayList<>(keys);
    withFirstEnd.add(DataType.BIGINT);
    List<Integer> inputs = new ArrayList<>(spec.keys());
    inputs.add(SlotTableSpec.MADE);
    belated =
        context
            .state()
            .panes(
                new PanesSpec(
                    new SlotTableSpec("belated", VERSION, withFirstEnd, fields).keyedBy(inputs)));
    belatedKeys = new Column[withFirstEnd.size()];
    closed = context.state().longValue("closed");
    PaneWindowSpec.Ticks looked = spec.ticks();
    ticks = looked == null ? null : new TickChanges(context.state(), spec.input(), looked);
    lasting =
        looked == null || !spec.program().isLasting()
            ? null
            : new LastingGroups(context.state(), table, spec.program().fields().size(), kernel);
    out = new WindowOutput(spec.output(), columns, order, kernel, newest, context);
  }

  @Override
  void begin(Batch batch) {
    columns.of(batch);
  }

  @Override
  void flush(Output output) {
    out.flush(output);
  }

  /**
   * Takes rows of one pane, beginning with {@code from}, that go the same way, and gives the index
   * behind them, at most {@code to}.
   */
  @Override
  int takeRun(Batch batch, int from, int to, Output output) {
    long[] rowtimes = batch.rowtimes();
    long pane = paneOfTime.pane(rowtimes[from]);
    int behind = paneOfTime.runEnd(rowtimes, from, to);
    long first = windows.nextEnd(pane);
    int late = behind;
    if (deadline(first) <= lateness(batch).last()) {
      late = RowRuns.firstLate(batch, lateness(batch), from, behind, deadline(first));
    }
    if (late > from) {
      add(pane, batch, from, late);
    } else {
      takeBelated(batch, from, pane, output);
      late = from + 1;
    }
    groups.refused().giveTo(output, batch);
    return late;
  }

  private void add(long pane, Batch batch, int from, int to) {
    boolean isSeen = pane < closedEnd();
    panes.add(pane, isSeen, columns.keys(), batch, from, to);
    for (int row = from; isSeen && ticks != null && row < to; row++) {
      if (!groups.refused().contains(row)) {
        ticks.note(batch, row, row + 1);
      }
    }
  }

  /** What is looked at takes rows in the order in which they come, of whatever partition. */
  private Timeline lateness(Batch batch) {
    return ticks == null ? batch.lateness() : batch.timeline();
  }

  /** Takes a row for which the first window of its pane has closed. */
  private void takeBelated(Batch batch, int row, long pane, Output output) {
    long watermark = batch.seen(row, lateness(batch));
    if (deadline(windows.lastEnd(pane)) <= watermark) {
      output.late(batch, row);
      return;
    }
    long first = Math.max(windows.nextEnd(pane), windows.nextEnd(reached(watermark)));
    // The windows that were due before the advance of the row have closed, or were empty.
    Timeline time = batch.timeline();
    int advance = Timeline.lastAdvanceBefore(batch.position(row));
    long due = reached(advance < 0 ? time.beforeFirst() : time.before(advance));
    long last = windows.previousEnd(windows.nextEnd(due));
    closed.set(Math.max(closedEnd(), last) ^ Long.MIN_VALUE);
    long open = closedEnd() == Long.MIN_VALUE ? Long.MIN_VALUE : windows.nextEnd(closedEnd());
    if (first <= open) {
      add(pane, batch, row, row + 1);
      return;
    }
    firstEnds.ensureCapacity(row + 1);
    firstEnds.values()[row] = first;
    System.arraycopy(columns.keys(), 0, belatedKeys, 0, columns.keys().length);
    belatedKeys[belatedKeys.length - 1] = firstEnds;
    groups.add(belated.pane(pane), belatedKeys, batch, row, row + 1);
  }

  /** The pane up to which windows are due at a watermark. */
  private long reached(long watermark) {
    return grid.pane(
        watermark < Long.MIN_VALUE + spec.graceMillis()
            ? Long.MIN_VALUE
            : watermark - spec.graceMillis());
  }

  private long closedEnd() {
    return closed.get() ^ Long.MIN_VALUE;
  }

  @Override
  boolean isEmpty() {
    return panes.isEmpty() && belated.isEmpty();
  }

  /** The end of the next window that may hold rows. */
  private long nextEnd() {
    long first = ticks == null ? firstEnd() : ticks.nextEnd(windows, panes, closedEnd());
    long last = closedEnd();
    return last == Long.MIN_VALUE ? first : Math.max(first, windows.nextEnd(last));
  }

  private long firstEnd() {
    return windows.nextEnd(Math.min(panes.first(), belated.firstTime()));
  }

  @Override
  long nextDeadline() {
    return isEmpty() ? Timeline.END : deadline(nextEnd());
  }

  private long deadline(long end) {
    long time = grid.start(end);
    return time > Timeline.END - spec.graceMillis() ? Timeline.END : time + spec.graceMillis();
  }

  /** Sends the windows that are due at an advance. */
  @Override
  void close(Timeline timeline, int advance, Output output) {
    long reached = timeline.before(advance);
    while (!isEmpty() && nextDeadline() <= reached) {
      long end = nextEnd();
      if (ticks != null) {
        ticks.note(panes, closedEnd(), windows.first(end), end);
        takeLasting(windows.first(end));
      }
      out.at(Timeline.ofAdvance(advance), deadline(end), timeline);
      send(end, output);
      closed.set(end ^ Long.MIN_VALUE);
      long kept = windows.first(ticks == null ? windows.nextEnd(end) : end);
      panes.removeBefore(kept);
      while (!belated.isEmpty() && belated.firstTime() < kept) {
        belated.remove(belated.firstTime());
      }
    }
  }

  /** Keeps what has left with the panes before one, which are forgotten when that is sent. */
  private void takeLasting(long kept) {
    if (lasting == null) {
      return;
    }
    for (long pane = panes.first(); pane < kept; pane = panes.firstFrom(pane + 1)) {
      lasting.take(panes.pane(pane));
    }
    long pane = belated.isEmpty() ? Long.MAX_VALUE : belated.firstTime();
    for (; pane < kept; pane = belated.nextTime(pane)) {
      lasting.take(belated.pane(pane));
    }
  }

  private void send(long end, Output output) {
    long first = windows.first(end);
    List<SlotTable> parts = new ArrayList<>();
    panes.visit(first, end, windows.first(windows.nextEnd(end)), parts::add);
    boolean isWhole = parts.size() == 1 && belated.isEmpty() && lasting == null;
    if (!isWhole) {
      parts.forEach(part -> groups.merge(part, whole, lasting));
      mergeBelated(first, end);
    }
    SlotTable all = isWhole ? parts.get(0) : whole;
    if (ticks == null) {
      out.send(all, grid.start(first), grid.start(end), output);
    } else {
      out.send(all, ticks.changedIn(all), grid.start(end) - 1, output);
      ticks.clear();
    }
    if (!isWhole) {
      whole.clear();
    }
  }

  private void mergeBelated(long first, long end) {
    long pane = belated.isEmpty() ? Long.MAX_VALUE : belated.firstTime();
    for (; pane < end; pane = belated.nextTime(pane)) {
      SlotTable table = belated.pane(pane);
      for (int number = 0; pane >= first && number < table.limit(); number++) {
        int slot = table.slot(number);
        if (((LongColumn) table.key(spec.keys().size())).values()[slot] <= end) {
          groups.merge(table, number, whole, lasting);
        }
      }
    }
  }
}
