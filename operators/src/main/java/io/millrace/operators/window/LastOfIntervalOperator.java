package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the last row of each group of an interval when it ends, groups in the order of their first
 * rows in it. State: these rows.
 */
final class LastOfIntervalOperator extends IntervalOperator {
  private static final int FIRST_COLUMN = GroupOrder.FIELDS.size();
  private final IntervalLimitSpec spec;
  private final GroupOrder order = new GroupOrder(0);
  private final RowErrors none = new RowErrors();
  private RowBuffer out;
  private Timeline outputTimeline;
  private int batchSize;
  private boolean ranksRows;
  private int[] ordered = new int[0];

  LastOfIntervalOperator(IntervalLimitSpec spec) {
    super(spec);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    batchSize = context.batchSize();
    ranksRows = context.ranksRows();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  @Override
  void beginTurn(long base) {
    order.beginTurn(base);
  }

  @Override
  List<StateType> fields() {
    List<StateType> fields = new ArrayList<>(GroupOrder.FIELDS);
    for (int i = 0; i < spec.output().size(); i++) {
      fields.add(StateType.of("last_" + i, spec.output().type(i)));
    }
    return fields;
  }

  @Override
  void take(SlotTable groups, Batch batch, int from, int to, int[] slots) {
    order.note(groups, batch, from, to, slots, none);
    for (int i = 0; i < spec.output().size(); i++) {
      Column last = groups.field(FIRST_COLUMN + i);
      for (int row = from; row < to; row++) {
        last.copy(batch.column(i), row, slots[row]);
      }
    }
  }

  @Override
  void end(SlotTable groups, long time, int code, Output output) {
    if (ordered.length < groups.size()) {
      ordered = new int[Math.max(groups.size(), 2 * ordered.length)];
    }
    int count = order.order(groups, ordered);
    for (int i = 0; i < count; i++) {
      if (out.size() == batchSize) {
        flush(output);
      }
      int slot = groups.slot(ordered[i]);
      int row = out.append(time, code);
      out.dueAt(row, time);
      for (int c = 0; c < spec.output().size(); c++) {
        out.column(c).copy(groups.field(FIRST_COLUMN + c), slot, row);
      }
      if (ranksRows) {
        order.rank(groups, ordered, i, i + 1, time, 0, out, row);
      }
    }
  }

  @Override
  void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, outputTimeline));
      out.clear();
    }
  }
}
