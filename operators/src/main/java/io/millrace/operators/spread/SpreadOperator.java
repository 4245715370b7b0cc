package io.millrace.operators.spread;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/** Passes rows on as they are. */
final class SpreadOperator implements Operator {
  @Override
  public void open(OperatorContext context) {}

  @Override
  public void process(int input, Batch batch, Output output) {
    output.emit(batch);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
