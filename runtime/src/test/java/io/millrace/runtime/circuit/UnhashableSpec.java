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

/** Computes names, row by row: for {@code unhashable} a value that cannot be spread by. */
record UnhashableSpec(Schema output) implements OperatorSpec {
  /** What spreading such a value throws. */
  static final String MESSAGE = "no hash";

  @Override
  public String describe() {
    return "Unhashable";
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    return new Distribution.Rowwise(List.of(-1), List.of("unhashable(name)"), false, true);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new Unhashable(output);
  }

  private static final class Unhashable implements Operator {
    private final Schema schema;
    private RowBuffer out;
    private Timeline timeline;

    Unhashable(Schema schema) {
      this.schema = schema;
    }

    @Override
    public void open(OperatorContext context) {
      timeline = context.outputTimeline();
      out = new RowBuffer(schema, context.batchSize(), timeline);
    }

    @Override
    public void process(int input, Batch batch, Output to) {
      for (int row = 0; row < batch.size(); row++) {
        Object name = batch.column(0).get(row);
        int at = out.appendFor(batch, row, batch.rowtimes()[row], batch.kind(row));
        out.column(0).set(at, "unhashable".equals(name) ? new NoHash() : name);
      }
      to.emit(out.batch(timeline, batch.lateness()));
      out.clear();
    }

    @Override
    public boolean onTime(TimeDomain domain, Timeline time, Output to) {
      return false;
    }
  }

  private static final class NoHash {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException(MESSAGE);
    }
  }
}
