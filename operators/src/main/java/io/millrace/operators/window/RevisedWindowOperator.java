package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.window.RevisionSpec.Pane;
import io.millrace.spi.data.Batch;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Windows that close and send more than their last word. Each window holds its groups by itself,
 * under the pane before which it ends, until no row can change it: a window must be able to send at
 * any moment, so nothing is shared between windows that overlap.
 *
 * <p>What is due of a window when is arithmetic on its bounds and on the watermark up to which all
 * has been dealt with ({@link RevisionSpec#next}): that watermark is the only state of the clock.
 */
final class RevisedWindowOperator extends ClosingOperator {
  private static final int VERSION = 1;
  private static final int ROW_COUNT = 0;
  private final RevisedWindowSpec spec;
  private final ClosingWindows windows;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();

  /** What fails in one window; a row may have failed in another one before. */
  private final RowErrors ofWindow = new RowErrors();

  private final GroupOrder order;
  private Panes open;

  /** Turned around at {@link Long#MIN_VALUE}, so that at first no time has been reached. */
  private LongValue reached;

  private @Nullable PartitionGrids grids;
  private AggregateKernel kernel;
  private GroupColumns columns;
  private RevisionOutput out;
  private int[] slots = new int[0];
  private int[] ordered = new int[0];

  /** The earliest moment at which something is due, while {@link #isDueKnown}. */
  private long due;

  private boolean isDueKnown;

  /** The windows of which no row has come since their last estimate, as far as that is known. */
  private final Set<Long> estimated = new HashSet<>();

  RevisedWindowOperator(RevisedWindowSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.windows = spec.windows();
    this.loader = loader;
    this.order = new GroupOrder(spec.program().fields().size());
  }

  @Override
  public void open(OperatorContext context) {
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    RevisionOutput.Fields sent =
        new RevisionOutput.Fields(
            spec.program(), fields.size(), spec.revisions().remembersRows(false));
    fields.addAll(sent.types());
    SlotTableSpec table =
        new SlotTableSpec(
                "groups", VERSION, spec.keys().stream().map(spec.input()::type).toList(), fields)
            .keyedBy(spec.keys());
    open = context.state().panes(new PanesSpec(table));
    reached = context.state().longValue("reached");
    grids = spec.grids(context.state());
    out =
        new RevisionOutput(spec.revisions(), sent, columns, order, kernel, spec.output(), context);
  }

  @Override
  boolean sendsAgain() {
    return true;
  }

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    columns.of(batch);
  }

  @Override
  void flush(Output output) {
    out.flush(output);
  }

  @Override
  void beginTurn(long base) {
    order.beginTurn(base);
  }

  @Override
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Takes rows of one pane, or one row that makes a window or is sent. */
  @Override
  int takeRun(Batch batch, int from, int to, Output output) {
    PartitionGrids ofPartitions = grids;
    long pane =
        ofPartitions == null
            ? windows.pane(batch.rowtimes()[from])
            : ofPartitions.start(batch, from);
    reach(reached(batch, from));
    int behind = from + 1;
    if (takesRuns(batch, pane)) {
      while (behind < to && windows.pane(batch.rowtimes()[behind]) == pane) {
        behind++;
      }
      for (long end = windows.nextName(pane); hasPane(end, pane); end = windows.nextName(end)) {
        estimated.remove(end);
        add(open.pane(end), batch, from, behind);
      }
    } else {
      take(batch, from, pane, output);
    }
    errors.giveTo(output, batch);
    return behind;
  }

  /** Whether all windows of a pane are there and take rows of the batch without sending any. */
  private boolean takesRuns(Batch batch, long pane) {
    long first = windows.nextName(pane);
    boolean isQuiet = grids == null && !spec.revisions().sendsForRow(windows.end(first) <= time());
    if (!isQuiet || deadline(first) <= batch.lateness().last()) {
      return false;
    }
    long end = first;
    while (hasPane(end, pane) && open.nextTime(end - 1) == end) {
      end = windows.nextName(end);
    }
    return !hasPane(end, pane);
  }

  /** Whether a window that ends behind a pane has it. */
  private boolean hasPane(long end, long pane) {
    return end <= windows.lastName(pane);
  }

  private void take(Batch batch, int row, long pane, Output output) {
    long watermark = batch.seen(row);
    boolean isTaken = false;
    out.causedBy(batch, row);
    for (long end = windows.nextName(pane); hasPane(end, pane); end = windows.nextName(end)) {
      if (deadline(end) > watermark) {
        isTaken = true;
        takeInto(end, batch, row, output);
      }
    }
    if (!isTaken) {
      if (grids != null) {
        grids.refuse(row);
      }
      output.late(batch, row);
    }
  }

  /** Takes a row into one window. */
  private void takeInto(long end, Batch batch, int row, Output output) {
    isDueKnown &= open.nextTime(end - 1) == end;
    estimated.remove(end);
    SlotTable groups = open.pane(end);
    boolean isTaken = add(groups, batch, row, row + 1);
    boolean hasEnded = windows.end(end) <= time();
    if (isTaken && spec.revisions().sendsForRow(hasEnded)) {
      Pane pane = hasEnded ? Pane.LATE : Pane.EARLY;
      out.send(groups, slots[row], windows.start(end), windows.end(end), pane, output);
    }
  }

  /** Adds rows to the groups of one window; false if any fails there. */
  private boolean add(SlotTable groups, Batch batch, int from, int to) {
    groups.resolve(columns.keys(), from, to, slots);
    kernel.bind(groups);
    kernel.add(columns.arguments(), from, to, slots, ofWindow);
    order.note(groups, batch, from, to, slots, ofWindow);
    boolean takesAll = ofWindow.isEmpty();
    for (int i = 0; i < ofWindow.size(); i++) {
      errors.add(ofWindow.row(i), ofWindow.message(i));
    }
    ofWindow.clear();
    return takesAll;
  }

  /** Where the watermark stands, as far as anything depended on it. */
  private long time() {
    return reached.get() ^ Long.MIN_VALUE;
  }

  /** Notes that all has been dealt with up to a watermark. */
  private void reach(long watermark) {
    if (watermark > time()) {
      reached.set(watermark ^ Long.MIN_VALUE);
    }
  }

  /**
   * Whether the order in which a row is taken matters: where there are estimates, unless it is late
   * anyway; else, where a row behind the end of its window corrects what was sent.
   *
   * @param seen the watermark by which it may be late
   */
  boolean waits(Batch batch, int row, long seen) {
    if (grids != null) {
      return true;
    }
    long pane = windows.pane(batch.rowtimes()[row]);
    boolean isLate = deadline(windows.lastName(pane)) <= seen;
    return !isLate
        && (spec.revisions().earlyMillis() > 0 || windows.end(windows.nextName(pane)) <= seen);
  }

  private long deadline(long end) {
    long time = windows.end(end);
    return time > Timeline.END - spec.graceMillis() ? Timeline.END : time + spec.graceMillis();
  }

  private long due(long end) {
    long closing = windows.end(end);
    return spec.revisions().next(windows.start(end), closing, closing, deadline(end), time());
  }

  @Override
  long nextDeadline() {
    if (!isDueKnown) {
      due = Timeline.END;
      for (long end = open.firstTime(); end < Long.MAX_VALUE; end = open.nextTime(end)) {
        due = Math.min(due, due(end));
      }
      isDueKnown = true;
    }
    return due;
  }

  /** Deals with one moment after the other, at each with the windows in the order of their ends. */
  @Override
  void close(Timeline timeline, int advance, Output output) {
    long watermark = timeline.before(advance);
    while (!isEmpty() && nextDeadline() <= watermark) {
      long moment = nextDeadline();
      out.at(Timeline.ofAdvance(advance), moment, timeline);
      long end = open.firstTime();
      while (end < Long.MAX_VALUE) {
        long next = open.nextTime(end);
        if (due(end) == moment) {
          fire(end, moment, output);
        }
        end = next;
      }
      reach(moment);
      isDueKnown = false;
    }
  }

  /** Sends, or forgets, what is due of a window at a moment. */
  private void fire(long end, long moment, Output output) {
    SlotTable groups = open.pane(end);
    boolean isEarly = moment < windows.end(end);
    boolean isAsBefore = isEarly && !estimated.add(end);
    if (!isAsBefore && spec.revisions().sendsWhenDue(windows.end(end) <= time())) {
      send(groups, end, isEarly ? Pane.EARLY : Pane.ON_TIME, output);
    }
    if (moment == deadline(end)) {
      estimated.remove(end);
      open.remove(end);
    }
  }

  private void send(SlotTable groups, long end, Pane pane, Output output) {
    if (ordered.length < groups.size()) {
      ordered = new int[Math.max(groups.size(), 2 * ordered.length)];
    }
    int count = order.order(groups, ordered);
    for (int i = 0; i < count; i++) {
      int slot = groups.slot(ordered[i]);
      // Groups whose rows have all failed are left out.
      if (((LongColumn) groups.field(ROW_COUNT)).values()[slot] > 0) {
        if (pane == Pane.EARLY) {
          out.sendIfChanged(groups, slot, windows.start(end), windows.end(end), pane, output);
        } else {
          out.send(groups, slot, windows.start(end), windows.end(end), pane, output);
        }
      }
    }
  }
}
