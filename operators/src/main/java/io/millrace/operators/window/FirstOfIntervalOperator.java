package io.millrace.operators.window;

import io.millrace.operators.filter.Projection;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes the first row of each group and interval on. State: the groups of the open intervals. */
final class FirstOfIntervalOperator extends IntervalOperator {
  private static final List<StateType> FIELDS = List.of(StateType.of("is_there", DataType.BIGINT));
  private final IntervalLimitSpec spec;
  private final RowErrors none = new RowErrors();
  private Projection projection;

  /** The batch of the call. */
  private @Nullable Batch rows;

  private int[] selection = new int[0];
  private int selected;

  FirstOfIntervalOperator(IntervalLimitSpec spec) {
    super(spec);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    projection = Projection.ofAll(spec.output(), context);
  }

  @Override
  List<StateType> fields() {
    return FIELDS;
  }

  @Override
  void begin(Batch batch) {
    super.begin(batch);
    rows = batch;
    if (selection.length < batch.size()) {
      selection = new int[batch.size()];
    }
  }

  @Override
  void take(SlotTable groups, Batch batch, int from, int to, int[] slots) {
    long[] isThere = ((LongColumn) groups.field(0)).values();
    for (int row = from; row < to; row++) {
      if (isThere[slots[row]] == 0) {
        isThere[slots[row]] = 1;
        selection[selected++] = row;
      }
    }
  }

  @Override
  void end(SlotTable groups, long time, int code, Output output) {}

  @Override
  void flush(Output output) {
    Batch batch = rows;
    if (batch != null && selected > 0) {
      output.emit(projection.project(batch, selection, selected, none));
      selected = 0;
    }
  }
}
