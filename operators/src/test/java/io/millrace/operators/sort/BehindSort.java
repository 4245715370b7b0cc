package io.millrace.operators.sort;

import io.millrace.operators.graph.HandingOn;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;

/** Sorts rows by time, and gives those of a moment to an operator that is tested, together. */
public final class BehindSort implements Operator {
  private final Operator sort;
  private final Operator tested;

  public BehindSort(Schema rows, Operator tested) {
    this.sort = new SortSpec(rows).create(new HandWrittenKernels());
    this.tested = tested;
  }

  @Override
  public void open(OperatorContext context) {
    sort.open(context);
    tested.open(context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    sort.process(input, batch, new HandingOn(tested, output));
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return sort.onTime(domain, timeline, new HandingOn(tested, output))
        || tested.onTime(domain, timeline, output);
  }
}
