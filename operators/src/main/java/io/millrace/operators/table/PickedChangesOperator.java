package io.millrace.operators.table;

import io.millrace.operators.table.PickedChangesSpec.Pick;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/** Passes some changes on; a batch that is to stay what it is, as it is. */
final class PickedChangesOperator implements Operator {
  private final PickedChangesSpec spec;
  private RowBuffer out;
  private Timeline outputTimeline;

  PickedChangesOperator(PickedChangesSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), context.batchSize(), outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    Pick pick = spec.pick();
    int taken = 0;
    for (int row = 0; row < batch.size(); row++) {
      taken += pick.takes(batch.kind(row)) ? 1 : 0;
    }
    boolean keepsKinds = pick == Pick.CURRENT || batch.kinds() == null;
    if (taken == batch.size() && keepsKinds) {
      output.emit(batch);
    } else if (taken > 0) {
      emitTaken(batch, output);
    }
  }

  private void emitTaken(Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      if (spec.pick().takes(batch.kind(row))) {
        out.append(batch, row);
      }
    }
    Batch rows = out.batch(outputTimeline, batch.lateness());
    output.emit(spec.pick() == Pick.EVENTS ? rows.kinds(null) : rows);
    out.clear();
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
