package io.millrace.operators.table;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/** Passes rows on that come and that replace others, as rows that come. */
final class EventsOperator implements Operator {
  private final EventsSpec spec;
  private RowBuffer out;
  private Timeline outputTimeline;

  EventsOperator(EventsSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), context.batchSize(), outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (batch.kinds() == null) {
      output.emit(batch);
      return;
    }
    for (int row = 0; row < batch.size(); row++) {
      RowKind kind = batch.kind(row);
      if (kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER) {
        out.append(batch, row);
      }
    }
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, batch.lateness()).kinds(null));
      out.clear();
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
