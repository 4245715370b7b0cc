package io.millrace.runtime.circuit;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Passes the rows of names on that are not behind the watermark of their partition; the name {@code
 * bad} stops it.
 */
record BehindSpec(Schema output) implements OperatorSpec {
  @Override
  public String describe() {
    return "Behind";
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return new Distribution.Keyed(List.of(0), List.of(0), false);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new Behind(output);
  }

  private static final class Behind implements Operator {
    private final Schema schema;
    private RowBuffer out;
    private Timeline timeline;

    Behind(Schema schema) {
      this.schema = schema;
    }

    @Override
    public void open(OperatorContext context) {
      timeline = context.outputTimeline();
      out = new RowBuffer(schema, context.batchSize(), timeline);
    }

    @Override
    public void process(int input, Batch batch, Output output) {
      for (int row = 0; row < batch.size(); row++) {
        int advance = Timeline.lastAdvanceBefore(batch.position(row));
        if (batch.rowtimes()[row] < batch.lateness().before(advance)) {
          output.late(batch, row);
        } else if (batch.column(0).get(row) instanceof String name && name.equals("bad")) {
          throw new MillraceException("bad value");
        } else {
          out.append(batch, row);
        }
      }
      output.emit(out.batch(timeline, batch.lateness()));
      out.clear();
    }

    @Override
    public boolean onTime(TimeDomain domain, Timeline ignored, Output output) {
      return false;
    }
  }
}
