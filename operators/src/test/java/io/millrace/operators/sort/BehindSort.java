package io.millrace.operators.sort;

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
    sort.process(input, batch, new Between(output));
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return sort.onTime(domain, timeline, new Between(output))
        || tested.onTime(domain, timeline, output);
  }

  private final class Between implements Output {
    private final Output output;

    Between(Output output) {
      this.output = output;
    }

    @Override
    public void emit(Batch batch) {
      tested.process(0, batch, output);
    }

    @Override
    public void late(Batch batch, int row) {
      output.late(batch, row);
    }

    @Override
    public void fail(Batch batch, int row, String error) {
      output.fail(batch, row, error);
    }
  }
}
