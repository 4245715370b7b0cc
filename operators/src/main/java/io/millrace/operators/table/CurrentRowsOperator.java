package io.millrace.operators.table;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/** Passes all rows on but those of kind {@code -U}; a batch that has none as it is. */
final class CurrentRowsOperator implements Operator {
  private final CurrentRowsSpec spec;
  private RowBuffer out;
  private Timeline outputTimeline;

  CurrentRowsOperator(CurrentRowsSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), context.batchSize(), outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int replaced = 0;
    for (int row = 0; row < batch.size(); row++) {
      replaced += batch.kind(row) == RowKind.UPDATE_BEFORE ? 1 : 0;
    }
    if (replaced == 0) {
      output.emit(batch);
    } else if (replaced < batch.size()) {
      emitOthers(batch, output);
    }
  }

  private void emitOthers(Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      if (batch.kind(row) != RowKind.UPDATE_BEFORE) {
        out.append(batch, row);
      }
    }
    output.emit(out.batch(outputTimeline, batch.lateness()));
    out.clear();
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
