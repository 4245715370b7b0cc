package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Windows that close. A pane per open window holds a table of its groups. Rows are taken in runs
 * that belong to one window and come before the next window closes; between runs, at the advance at
 * which the watermark has reached its end and grace, a window is sent and forgotten.
 */
final class WindowAggregateOperator implements Operator {
  private static final int VERSION = 1;
  private final WindowAggregateSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final GroupOrder order;
  private Panes panes;
  private AggregateKernel kernel;
  private GroupColumns columns;
  private RowBuffer out;
  private Timeline outputTimeline;
  private int batchSize;
  private boolean ranksRows;
  private int[] slots = new int[0];
  private int[] ordered = new int[0];

  WindowAggregateOperator(WindowAggregateSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.order = new GroupOrder(spec.program().fields().size());
  }

  @Override
  public void open(OperatorContext context) {
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    SlotTableSpec table =
        new SlotTableSpec(
            "groups", VERSION, spec.keys().stream().map(spec.input()::type).toList(), fields);
    panes = context.state().panes(new PanesSpec(table));
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
    Timeline timeline = batch.timeline();
    int from = 0;
    while (from < count) {
      int advance = timeline.firstReaching(firstDeadline(), 0);
      int to = firstRowBehind(batch, from, Timeline.ofAdvance(advance));
      if (to == from) {
        close(timeline, advance, output);
      } else {
        from = takeRun(batch, from, to, output);
      }
    }
    flush(output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      for (int due = timeline.firstReaching(firstDeadline(), 0);
          due <= timeline.length() && !panes.isEmpty(); ) {
        close(timeline, due, output);
        due = timeline.firstReaching(firstDeadline(), due);
      }
      flush(output);
    }
    return false;
  }

  /**
   * Takes rows of one window, beginning with {@code from}, and gives the index behind them, at most
   * {@code to}.
   */
  private int takeRun(Batch batch, int from, int to, Output output) {
    long[] rowtimes = batch.rowtimes();
    long start = spec.assigner().start(rowtimes[from]);
    long end = spec.assigner().end(start);
    int behind = from + 1;
    while (behind < to && rowtimes[behind] >= start && rowtimes[behind] < end) {
      behind++;
    }
    int taken = from;
    if (deadline(start) <= batch.lateness().last()) {
      taken = firstLate(batch, from, behind, deadline(start));
    } else {
      taken = behind;
    }
    if (taken > from) {
      add(batch, from, taken, start, output);
    }
    if (taken < behind) {
      output.late(batch, taken++);
    }
    return taken;
  }

  private void add(Batch batch, int from, int to, long start, Output output) {
    SlotTable pane = panes.pane(start);
    pane.resolve(columns.keys(), from, to, slots);
    kernel.bind(pane);
    kernel.add(columns.arguments(), from, to, slots, errors);
    order.note(pane, batch, from, to, slots, errors);
    errors.giveTo(output, batch);
  }

  /**
   * The first row of {@code [from, to)} whose window's deadline its own partition's watermark has
   * reached.
   */
  private static int firstLate(Batch batch, int from, int to, long deadline) {
    for (int row = from; row < to; row++) {
      int advance = Timeline.lastAdvanceBefore(batch.position(row));
      if (advance >= 0 && batch.lateness().before(advance) >= deadline) {
        return row;
      }
    }
    return to;
  }

  /** The first row, not before {@code from}, whose position is behind {@code code}. */
  private static int firstRowBehind(Batch batch, int from, int code) {
    int[] positions = batch.positions();
    if (positions == null) {
      return Math.max(from, Math.min(batch.size(), code >> 1));
    }
    int row = from;
    while (row < batch.size() && positions[row] <= code) {
      row++;
    }
    return row;
  }

  private long firstDeadline() {
    return panes.isEmpty() ? Timeline.END : deadline(panes.firstTime());
  }

  private long deadline(long start) {
    long end = spec.assigner().end(start);
    return end > Timeline.END - spec.graceMillis() ? Timeline.END : end + spec.graceMillis();
  }

  /** Sends and forgets the windows that are due at an advance. */
  private void close(Timeline timeline, int advance, Output output) {
    long reached = timeline.before(advance);
    while (!panes.isEmpty() && firstDeadline() <= reached) {
      long start = panes.firstTime();
      send(panes.pane(start), start, Timeline.ofAdvance(advance), output);
      panes.remove(start);
    }
  }

  private void send(SlotTable pane, long start, int code, Output output) {
    if (ordered.length < pane.size()) {
      ordered = new int[Math.max(pane.size(), 2 * ordered.length)];
    }
    int groups = dropEmpty(pane, order.order(pane, ordered));
    long end = spec.assigner().end(start);
    for (int from = 0; from < groups; ) {
      if (out.size() == batchSize) {
        flush(output);
      }
      int to = Math.min(groups, from + batchSize - out.size());
      int row = columns.writeGroups(pane, kernel, ordered, from, to, end - 1, code, out);
      writeBounds(row, to - from, start, end);
      if (ranksRows) {
        order.rank(pane, ordered, from, to, end, start, out, row);
      }
      from = to;
    }
  }

  /** Leaves out groups whose rows have all failed. */
  private int dropEmpty(SlotTable pane, int groups) {
    int left = 0;
    for (int i = 0; i < groups; i++) {
      int slot = pane.slot(ordered[i]);
      if (((LongColumn) pane.field(0)).values()[slot] > 0) {
        ordered[left++] = ordered[i];
      }
    }
    return left;
  }

  private void writeBounds(int row, int count, long start, long end) {
    int bounds = spec.output().size() - 2;
    Arrays.fill(((LongColumn) out.column(bounds)).values(), row, row + count, start);
    Arrays.fill(((LongColumn) out.column(bounds + 1)).values(), row, row + count, end);
  }

  private void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, outputTimeline));
      out.clear();
    }
  }
}
