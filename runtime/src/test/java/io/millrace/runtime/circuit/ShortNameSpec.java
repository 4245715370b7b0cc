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

/**
 * Computes names that several have in common, row by row: the letters from some place on.
 *
 * @param from that place; what is shorter fails
 * @param copies how many rows each row becomes, which have numbers behind their names then
 */
record ShortNameSpec(Schema output, int from, int copies) implements OperatorSpec {
  ShortNameSpec(Schema output, int from) {
    this(output, from, 1);
  }

  @Override
  public String describe() {
    return "ShortName";
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return new Distribution.Rowwise(List.of(-1), List.of("short(name)"), copies > 1, true);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ShortName();
  }

  private final class ShortName implements Operator {
    private RowBuffer out;
    private Timeline timeline;

    @Override
    public void open(OperatorContext context) {
      timeline = context.outputTimeline();
      out = new RowBuffer(output, context.batchSize(), timeline);
    }

    @Override
    public void process(int input, Batch batch, Output to) {
      for (int row = 0; row < batch.size(); row++) {
        String name = String.valueOf(batch.column(0).get(row));
        if (name.length() < from) {
          to.fail(batch, row, "short name");
        } else {
          for (int copy = 0; copy < copies; copy++) {
            int at = out.appendFor(batch, row, batch.rowtimes()[row], batch.kind(row));
            out.column(0).set(at, name.substring(from) + (copies > 1 ? copy : ""));
          }
        }
      }
      to.emit(out.batch(timeline, batch.lateness()));
      out.clear();
    }

    @Override
    public boolean onTime(TimeDomain domain, Timeline time, Output to) {
      return false;
    }
  }
}
