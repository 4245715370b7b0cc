package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds so many rows, in the order in which they came: for those who ask for them, or for those who
 * want to know when they enter and leave.
 */
final class CountedRowsOperator implements HeldContents.Holder {
  private static final int VERSION = 1;
  private static final int SLOT = 0;
  private final HeldUntil.Full until;
  private final Schema schema;

  /** The columns in the input that are sent of rows; null if nothing is. */
  private final @Nullable List<Integer> carried;

  private RowLog rows;
  private @Nullable ContentsOutput out;

  /** One that sends nothing. */
  CountedRowsOperator(HeldUntil.Full until, Schema schema) {
    this(until, schema, null);
  }

  /**
   * @param schema the columns of the rows as they are held
   */
  CountedRowsOperator(HeldUntil.Full until, Schema schema, @Nullable List<Integer> carried) {
    this.until = until;
    this.schema = schema;
    this.carried = carried;
  }

  @Override
  public void open(OperatorContext context) {
    rows =
        context
            .state()
            .rowLog(
                new RowLogSpec(
                    "rows", VERSION, schema.fields().stream().map(Field::type).toList()));
    out = carried == null ? null : new ContentsOutput(carried, schema, context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    ContentsOutput sent = out;
    if (sent != null) {
      sent.take(batch);
    }
    Column[] columns = sent == null ? batch.columns() : sent.kept();
    for (int from = 0, to; from < batch.size(); from = to) {
      to = (int) Math.min(batch.size(), from + Math.max(1, until.rows() - rows.size(SLOT)));
      if (rows.size(SLOT) == until.rows()) {
        letGo(1, batch, from, output);
      }
      rows.appendAll(SLOT, batch.rowtimes(), columns, from, to);
      for (int row = from; sent != null && row < to; row++) {
        sent.enter(batch, row, output);
      }
      if (until.all() && rows.size(SLOT) == until.rows()) {
        letGo(rows.size(SLOT), batch, to - 1, output);
      }
    }
    if (sent != null) {
      sent.flush(output);
    }
  }

  /** Lets the first rows go for a row of a batch. */
  private void letGo(int count, Batch batch, int row, Output output) {
    ContentsOutput sent = out;
    long first = rows.first(SLOT);
    for (long ordinal = first; sent != null && ordinal < first + count; ordinal++) {
      Column[] columns = rows.columns(SLOT, ordinal);
      sent.leaveFor(batch, row, columns, rows.index(SLOT, ordinal), output);
    }
    rows.dropFirst(SLOT, count);
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
