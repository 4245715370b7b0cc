package io.millrace.operators.union;

import io.millrace.operators.graph.HandingOn;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.Collections;

/**
 * Brings inputs together that come in any order, each a lane of its own with its own watermark, and
 * gives their rows to an operator that is tested.
 */
public final class BehindUnion implements Operator {
  private final Operator union;
  private final Operator tested;

  public BehindUnion(Schema rows, int inputs, Operator tested) {
    this.union =
        new UnionSpec(rows, Collections.nCopies(inputs, 0), false).create(new HandWrittenKernels());
    this.tested = tested;
  }

  @Override
  public void open(OperatorContext context) {
    Context open =
        new Context(
            context.state(), context.batchSize(), context.outputTimeline(), context.evaluation());
    union.open(open);
    tested.open(open);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    union.process(input, batch, new HandingOn(tested, output));
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return tested.onTime(domain, timeline, output);
  }

  private record Context(
      StateContext state, int batchSize, Timeline outputTimeline, EvaluationContext evaluation)
      implements OperatorContext {
    @Override
    public int[] lanesOf(int input) {
      return new int[] {input};
    }

    @Override
    public boolean isOrderOpen() {
      return true;
    }
  }
}
