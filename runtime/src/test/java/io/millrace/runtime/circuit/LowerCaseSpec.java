package io.millrace.runtime.circuit;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Locale;

/**
 * Computes a key, row by row: the name in lower case. A name that begins with {@code bad} fails.
 */
record LowerCaseSpec(Schema output) implements OperatorSpec {
  @Override
  public String describe() {
    return "LowerCase";
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return new Distribution.Rowwise(List.of(-1), List.of("lower(name)"), false, true);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new LowerCase(output);
  }

  private static final class LowerCase implements Operator {
    private final Schema schema;
    private RowBuffer out;
    private Timeline timeline;

    LowerCase(Schema schema) {
      this.schema = schema;
    }

    @Override
    public void open(OperatorContext context) {
      timeline = context.outputTimeline();
      out = new RowBuffer(schema, context.batchSize(), timeline);
    }

    @Override
    public void process(int input, Batch batch, Output output) {
      out.clear();
      for (int row = 0; row < batch.size(); row++) {
        String name = String.valueOf(batch.column(0).get(row));
        if (name.startsWith("bad")) {
          output.fail(batch, row, "bad name");
        } else {
          int to = out.appendFor(batch, row, batch.rowtimes()[row], batch.kind(row));
          out.column(0).set(to, name.toLowerCase(Locale.ROOT));
        }
      }
      output.emit(out.batch(timeline, batch.lateness()));
    }

    @Override
    public boolean onTime(TimeDomain domain, Timeline time, Output output) {
      return false;
    }
  }
}
