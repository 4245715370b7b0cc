package io.millrace.runtime.circuit;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Objects;

/** Sends the names that have come, in their order, all at one position: where the inputs end. */
record AtEndSpec(Schema output) implements OperatorSpec {
  private static final int MOST = 1_000;

  @Override
  public String describe() {
    return "At end";
  }

  @Override
  public Distribution distribution() {
    return new Distribution.Keyed(List.of(0), List.of(0), true);
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new AtEnd();
  }

  private final class AtEnd implements Operator {
    private RowBuffer held;
    private RowBuffer out;
    private Timeline outputTimeline;

    @Override
    public void open(OperatorContext context) {
      outputTimeline = context.outputTimeline();
      held = new RowBuffer(output, MOST, outputTimeline);
      out = new RowBuffer(output, MOST, outputTimeline);
    }

    @Override
    public void process(int input, Batch batch, Output output) {
      for (int row = 0; row < batch.size(); row++) {
        int at = held.size();
        held.append(batch, row);
        held.rank(at, 0, 0, batch.rowtimes()[row], batch.timeline().base() + batch.position(row));
      }
    }

    @Override
    public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
      if (domain == TimeDomain.EVENT && timeline.last() == Timeline.END && !held.isEmpty()) {
        int position = Timeline.ofAdvance(timeline.firstReaching(Timeline.END, 0));
        Batch rows = held.batch(outputTimeline, outputTimeline);
        long[] ranks = Objects.requireNonNull(rows.ranks());
        for (int i = 0; i < rows.size(); i++) {
          int at = out.append(rows.rowtimes()[i], position, RowKind.INSERT);
          out.column(0).copy(rows.column(0), i, at);
          out.rank(at, 0, 0, ranks[Batch.RANK * i + 2], ranks[Batch.RANK * i + 3]);
        }
        output.emit(out.batch(outputTimeline, outputTimeline));
        held.clear();
        out.clear();
      }
      return false;
    }
  }
}
