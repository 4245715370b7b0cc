package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.stream.LongStream;

/** Holds so many rows, in the order in which they came. */
final class CountedRowsOperator implements HeldContents.Holder {
  private static final int VERSION = 1;
  private static final int SLOT = 0;
  private final HeldUntil.Full until;
  private final Schema schema;
  private RowLog rows;

  CountedRowsOperator(HeldUntil.Full until, Schema schema) {
    this.until = until;
    this.schema = schema;
  }

  @Override
  public void open(OperatorContext context) {
    rows =
        context
            .state()
            .rowLog(
                new RowLogSpec(
                    "rows", VERSION, schema.fields().stream().map(Field::type).toList()));
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int from = 0, to; from < batch.size(); from = to) {
      to = (int) Math.min(batch.size(), from + Math.max(1, until.rows() - rows.size(SLOT)));
      if (rows.size(SLOT) == until.rows()) {
        rows.dropFirst(SLOT, 1);
      }
      rows.appendAll(SLOT, batch.rowtimes(), batch.columns(), from, to);
      if (until.all() && rows.size(SLOT) == until.rows()) {
        rows.dropFirst(SLOT, rows.size(SLOT));
      }
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }

  @Override
  public HeldContents contents() {
    long[] all = LongStream.range(rows.first(SLOT), rows.end(SLOT)).toArray();
    return new LoggedContents(rows, SLOT, all);
  }
}
