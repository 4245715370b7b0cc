package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows that close. A pane per open window holds a table of its groups. Rows are taken in runs
 * that belong to one window and come before the next window closes; between runs, at the advance at
 * which the watermark has reached its end and grace, a window is sent and forgotten.
 */
final class WindowAggregateOperator extends ClosingOperator {
  private static final int VERSION = 1;
  private final WindowAggregateSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final GroupOrder order;
  private Panes panes;
  private AggregateKernel kernel;
  private GroupColumns columns;
  private WindowOutput windows;
  private @Nullable PartitionGrids grids;
  private int[] slots = new int[0];

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
                "groups", VERSION, spec.keys().stream().map(spec.input()::type).toList(), fields)
            .keyedBy(spec.keys());
    panes = context.state().panes(new PanesSpec(table));
    List<Integer> partition = spec.partition();
    grids =
        partition == null
            ? null
            : new PartitionGrids(context.state(), spec.input(), partition, spec.sizeMillis());
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
    windows = new WindowOutput(spec.output(), columns, order, kernel, NewestRows.none(), context);
  }

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    columns.of(batch);
  }

  @Override
  boolean isEmpty() {
    return panes.isEmpty();
  }

  @Override
  void flush(Output output) {
    windows.flush(output);
  }

  /**
   * Takes rows of one window, beginning with {@code from}, and gives the index behind them, at most
   * {@code to}.
   */
  @Override
  int takeRun(Batch batch, int from, int to, Output output) {
    PartitionGrids ofPartitions = grids;
    long start =
        ofPartitions == null
            ? spec.grid().start(batch.rowtimes()[from])
            : ofPartitions.start(batch, from);
    int behind = ofPartitions == null ? runEnd(batch, from, to, start) : from + 1;
    int taken = from;
    if (deadline(start) <= batch.lateness().last()) {
      taken = RowRuns.firstLate(batch, batch.lateness(), from, behind, deadline(start));
    } else {
      taken = behind;
    }
    if (taken > from) {
      add(batch, from, taken, start, output);
    }
    if (taken < behind) {
      if (ofPartitions != null) {
        ofPartitions.refuse(taken);
      }
      output.late(batch, taken++);
    }
    return taken;
  }

  /** Behind the rows from {@code from} on that are in one window. */
  private int runEnd(Batch batch, int from, int to, long start) {
    long[] rowtimes = batch.rowtimes();
    long end = spec.grid().end(start);
    int behind = from + 1;
    while (behind < to && rowtimes[behind] >= start && rowtimes[behind] < end) {
      behind++;
    }
    return behind;
  }

  private void add(Batch batch, int from, int to, long start, Output output) {
    SlotTable pane = panes.pane(start);
    pane.resolve(columns.keys(), from, to, slots);
    kernel.bind(pane);
    kernel.add(columns.arguments(), from, to, slots, errors);
    order.note(pane, batch, from, to, slots, errors);
    errors.giveTo(output, batch);
  }

  @Override
  long nextDeadline() {
    return panes.isEmpty() ? Timeline.END : deadline(panes.firstTime());
  }

  private long deadline(long start) {
    long end = spec.grid().end(start);
    return end > Timeline.END - spec.graceMillis() ? Timeline.END : end + spec.graceMillis();
  }

  /** Sends and forgets the windows that are due at an advance. */
  @Override
  void close(Timeline timeline, int advance, Output output) {
    long reached = timeline.before(advance);
    while (!panes.isEmpty() && nextDeadline() <= reached) {
      long start = panes.firstTime();
      long end = spec.grid().end(start);
      windows.at(Timeline.ofAdvance(advance), deadline(start), timeline);
      windows.send(panes.pane(start), start, end, output);
      panes.remove(start);
    }
  }
}
