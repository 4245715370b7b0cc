package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.Arrays;

/**
 * Holds rows until their time has come, in the order in which they came. Those in front are let go
 * as time moves; one that stands behind a row that stays longer is left out when the rows are asked
 * for, and goes with that.
 */
final class HeldRowsOperator implements HeldContents.Holder {
  private static final int VERSION = 1;
  private static final int SLOT = 0;
  private final HeldUntil.Deadline until;
  private final Schema schema;
  private RowLog rows;

  /** The greatest time so far, turned around so that at first there is none. */
  private LongValue now;

  private HeldGrid grid;

  private Column[] columns = new Column[0];

  HeldRowsOperator(HeldUntil.Deadline until, Schema schema) {
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
    now = context.state().longValue("now");
    grid = new HeldGrid(until, context.state());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    columns = batch.columns();
    int from = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (isLate(batch, row)) {
        append(batch, from, row);
        output.late(batch, row);
        from = row + 1;
      }
    }
    append(batch, from, batch.size());
  }

  private void append(Batch batch, int from, int to) {
    if (from < to) {
      rows.appendAll(SLOT, batch.rowtimes(), columns, from, to);
    }
  }

  private boolean isLate(Batch batch, int row) {
    long time = batch.rowtimes()[row];
    long reached = batch.seen(row);
    if (until.byRows()) {
      moveTo(Math.max(time, batch.reached(row)));
      reached = now();
    }
    return grid.isLate(time, reached);
  }

  private long now() {
    return now.get() ^ Long.MIN_VALUE;
  }

  private void moveTo(long time) {
    if (time > now()) {
      now.set(time ^ Long.MIN_VALUE);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      moveTo(timeline.last());
      WindowGrid windows = grid.windows();
      int gone = 0;
      int size = rows.size(SLOT);
      long first = rows.first(SLOT);
      while (gone < size && until.leaves(windows, rows.time(SLOT, first + gone)) <= now()) {
        gone++;
      }
      rows.dropFirst(SLOT, gone);
    }
    return false;
  }

  @Override
  public HeldContents contents() {
    WindowGrid windows = grid.windows();
    long[] there = new long[rows.size(SLOT)];
    int count = 0;
    for (long ordinal = rows.first(SLOT); ordinal < rows.end(SLOT); ordinal++) {
      if (until.leaves(windows, rows.time(SLOT, ordinal)) > now()) {
        there[count++] = ordinal;
      }
    }
    return new LoggedContents(rows, SLOT, Arrays.copyOf(there, count));
  }
}
