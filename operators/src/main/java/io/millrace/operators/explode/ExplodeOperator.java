package io.millrace.operators.explode;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists into rows: all rows of one input row have its time and position, in the order of the
 * elements.
 */
final class ExplodeOperator implements Operator {
  private final ExplodeSpec spec;
  private final int repeated;
  private RowBuffer out;
  private int batchSize;

  ExplodeOperator(ExplodeSpec spec) {
    this.spec = spec;
    this.repeated = spec.input().size() - spec.arrays();
  }

  @Override
  public void open(OperatorContext context) {
    batchSize = context.batchSize();
    out = new RowBuffer(spec.output(), batchSize, context.outputTimeline());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    RowBuffer rows = out;
    for (int row = 0; row < batch.size(); row++) {
      int longest = longest(batch, row);
      for (int element = 0; element < longest; element++) {
        append(rows, batch, row, element);
        if (rows.size() == batchSize) {
          flush(rows, batch, output);
        }
      }
    }
    flush(rows, batch, output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }

  private int longest(Batch batch, int row) {
    int longest = 0;
    for (int i = repeated; i < spec.input().size(); i++) {
      if (batch.column(i).get(row) instanceof List<?> list) {
        longest = Math.max(longest, list.size());
      }
    }
    return longest;
  }

  private void append(RowBuffer rows, Batch batch, int row, int element) {
    int to = rows.appendFor(batch, row, batch.rowtimes()[row], batch.kind(row));
    rows.lane(to, batch.lane(row));
    for (int i = 0; i < repeated; i++) {
      rows.column(i).copy(batch.column(i), row, to);
    }
    for (int i = repeated; i < spec.input().size(); i++) {
      rows.column(i).set(to, elementOf(batch.column(i).get(row), element));
    }
  }

  private static @Nullable Object elementOf(@Nullable Object array, int element) {
    return array instanceof List<?> list && element < list.size() ? list.get(element) : null;
  }

  private static void flush(RowBuffer rows, Batch batch, Output output) {
    if (!rows.isEmpty()) {
      output.emit(rows.batch(batch.timeline(), batch.lateness()));
      rows.clear();
    }
  }
}
