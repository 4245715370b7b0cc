package io.millrace.operators.analytic;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/** Writes rows as they are sent: the columns passed on, the rankings, the results of frames. */
final class AnalyticOutput implements Outlet {
  /** The first number in the rank of what is not sent for a row that comes. */
  static final long BEHIND_ARRIVALS = Long.MAX_VALUE;

  private final AnalyticSpec spec;
  private final LogColumns columns;
  private final Partitions partitions;
  private final RowBuffer out;
  private final Timeline outputTimeline;
  private final int batchSize;
  private final boolean ranksRows;
  private final PartResults results;

  AnalyticOutput(
      AnalyticSpec spec, LogColumns columns, Partitions partitions, OperatorContext context) {
    this.spec = spec;
    this.columns = columns;
    this.partitions = partitions;
    batchSize = context.batchSize();
    ranksRows = context.ranksRows();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    Column[] given = Arrays.copyOfRange(out.columns(), spec.passed(), spec.output().size());
    results = new PartResults(spec, columns, partitions, given);
  }

  @Override
  public void keepResults(int slot, int row) {
    results.keep(slot, row);
  }

  /** Sends a row that has just come. */
  void send(Batch batch, int row, int slot, int number, long ordinal, long time, Output output) {
    int to = out.appendFor(batch, row, batch.rowtimes()[row], RowKind.INSERT);
    for (int i = 0; i < spec.passed(); i++) {
      out.column(i).copy(batch.column(i), row, to);
    }
    results.write(slot, number, ordinal, time, to);
    if (out.size() == batchSize) {
      flush(batch.lateness(), output);
    }
  }

  @Override
  public void sendFor(Batch batch, int row, int slot, int number, long rowtime, Output output) {
    sendNext(out.appendFor(batch, row, rowtime, RowKind.INSERT), slot, number, output);
  }

  @Override
  public void sendAt(
      long moment, long order, int code, int slot, int number, long rowtime, Output output) {
    int to = out.append(rowtime, code);
    out.moment(to, moment);
    if (ranksRows) {
      RowLog log = partitions.log();
      long next = partitions.next(slot, number);
      long cause = columns.cause(log.columns(number, next), log.index(number, next));
      out.rank(to, BEHIND_ARRIVALS, order, 0, cause);
    }
    sendNext(to, slot, number, output);
  }

  private void sendNext(int to, int slot, int number, Output output) {
    RowLog log = partitions.log();
    long ordinal = partitions.next(slot, number);
    Column[] row = log.columns(number, ordinal);
    int index = log.index(number, ordinal);
    for (int i = 0; i < spec.passed(); i++) {
      out.column(i).copy(row[columns.firstPassed() + i], index, to);
    }
    results.writeNext(slot, number, to);
    partitions.sent(slot);
    if (out.size() == batchSize) {
      flush(output);
    }
  }

  void flush(Output output) {
    flush(outputTimeline, output);
  }

  /** Sends what has been written; rows that have waited are late by the watermark passed on. */
  void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, spec.holdsRows() ? outputTimeline : lateness));
      out.clear();
    }
  }
}
