package io.millrace.runtime.circuit;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;

/**
 * Passes rows on, but fails for the value {@code bad}.
 *
 * @param opens whether it can be opened
 */
record CheckSpec(Schema output, boolean opens) implements OperatorSpec {
  @Override
  public String describe() {
    return "Check";
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new Check();
  }

  private final class Check implements Operator {
    @Override
    public void open(OperatorContext context) {
      if (!opens) {
        throw new MillraceException("cannot be opened");
      }
    }

    @Override
    public void process(int input, Batch batch, Output output) {
      for (int row = 0; row < batch.size(); row++) {
        if ("bad".equals(batch.column(0).get(row))) {
          output.fail(batch, row, "bad value");
        }
      }
      output.emit(batch);
    }

    @Override
    public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
      return false;
    }
  }
}
