package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import java.util.List;

/** Deals with rows by interval and group: a pane per open interval holds a table of its groups. */
abstract class IntervalOperator extends ClosingOperator {
  private static final int VERSION = 1;
  private final IntervalLimitSpec spec;
  private final WindowAssigner intervals;
  private final Column[] keys;
  private Panes panes;
  private int[] slots = new int[0];

  IntervalOperator(IntervalLimitSpec spec) {
    this.spec = spec;
    intervals = spec.intervals();
    keys = new Column[spec.keys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    panes =
        context
            .state()
            .panes(
                new PanesSpec(
                    new SlotTableSpec("groups", VERSION, spec.keyTypes(), fields())
                        .keyedBy(spec.keys())));
  }

  /** The fields that the groups of an interval have. */
  abstract List<StateType> fields();

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(spec.keys().get(k));
    }
  }

  @Override
  final boolean isEmpty() {
    return panes.isEmpty();
  }

  @Override
  final long nextDeadline() {
    return panes.isEmpty() ? Timeline.END : intervals.end(panes.firstTime());
  }

  /** Takes rows of one interval, beginning with {@code from}, and gives the index behind them. */
  @Override
  final int takeRun(Batch batch, int from, int to, Output output) {
    long start = intervals.start(IntervalLimitSpec.moment(batch, from));
    int behind = from + 1;
    while (behind < to && intervals.start(IntervalLimitSpec.moment(batch, behind)) == start) {
      behind++;
    }
    SlotTable groups = panes.pane(start);
    groups.resolve(keys, from, behind, slots);
    take(groups, batch, from, behind, slots);
    return behind;
  }

  /**
   * Takes rows {@code [from, to)} of one interval.
   *
   * @param slots their groups
   */
  abstract void take(SlotTable groups, Batch batch, int from, int to, int[] slots);

  @Override
  final void close(Timeline timeline, int advance, Output output) {
    long reached = timeline.before(advance);
    while (!panes.isEmpty() && nextDeadline() <= reached) {
      long start = panes.firstTime();
      end(panes.pane(start), intervals.end(start), Timeline.ofAdvance(advance), output);
      panes.remove(start);
    }
  }

  /** Sends the groups of an interval that has ended. */
  abstract void end(SlotTable groups, long time, int code, Output output);
}
