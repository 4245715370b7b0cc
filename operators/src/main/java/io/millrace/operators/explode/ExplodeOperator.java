package io.millrace.operators.explode;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Lists into rows: all rows of one input row have its time and position, in the order of the
 * elements.
 */
final class ExplodeOperator implements Operator {
  private final ExplodeSpec spec;
  private Elements elements;

  ExplodeOperator(ExplodeSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    int repeated = spec.input().size() - spec.arrays();
    elements =
        new Elements(
            spec.output(),
            repeated,
            repeated,
            spec.arrays(),
            context.batchSize(),
            context.outputTimeline());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      int longest = elements.longest(batch, row);
      for (int element = 0; element < longest; element++) {
        elements.send(batch, row, element, batch.kind(row), output);
      }
      if (spec.endsRows()) {
        elements.send(batch, row, Elements.NONE, batch.kind(row), output);
      }
    }
    elements.flush(batch, output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
