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
import java.util.List;

/** Writes rows as they are sent: the columns passed on, the rankings, the results of frames. */
final class AnalyticOutput {
  private final AnalyticSpec spec;
  private final LogColumns columns;
  private final Partitions partitions;
  private final RowBuffer out;
  private final Timeline outputTimeline;
  private final int batchSize;
  private final boolean ranksRows;

  /** By frame: where its results are written, and, if it ends with its row, where they are kept. */
  private final Column[][] results;

  private final Column[][] kept;
  private final int[] firstKept;

  AnalyticOutput(
      AnalyticSpec spec, LogColumns columns, Partitions partitions, OperatorContext context) {
    this.spec = spec;
    this.columns = columns;
    this.partitions = partitions;
    batchSize = context.batchSize();
    ranksRows = context.ranksRows();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    List<MovingFrame> frames = partitions.frames();
    results = new Column[frames.size()][];
    kept = new Column[frames.size()][];
    firstKept = new int[frames.size()];
    int next = spec.passed() + spec.rankings().size();
    int nextKept = columns.firstResult();
    for (int i = 0; i < results.length; i++) {
      int width = frames.get(i).width();
      results[i] = Arrays.copyOfRange(out.columns(), next, next + width);
      next += width;
      if (spec.holdsRows() && frames.get(i).bounds().endsWithRow()) {
        firstKept[i] = nextKept;
        kept[i] = Arrays.copyOfRange(columns.columns(), nextKept, nextKept + width);
        nextKept += width;
      }
    }
  }

  /** Keeps what the frames that end with a row hold when it comes. */
  void keepResults(int slot, int row) {
    for (int i = 0; i < kept.length; i++) {
      if (partitions.frames().get(i).bounds().endsWithRow()) {
        partitions.frames().get(i).results(slot, kept[i], row);
      }
    }
  }

  /** Sends a row that has just come. */
  void send(Batch batch, int row, int slot, int number, long ordinal, long time, Output output) {
    int to = out.appendFor(batch, row, batch.rowtimes()[row], RowKind.INSERT);
    for (int i = 0; i < spec.passed(); i++) {
      out.column(i).copy(batch.column(i), row, to);
    }
    partitions.rankings().next(slot, time, out.columns(), spec.passed(), to);
    for (int i = 0; i < results.length; i++) {
      MovingFrame frame = partitions.frames().get(i);
      if (!frame.bounds().endsWithRow()) {
        frame.moveTo(slot, number, ordinal, time);
      }
      frame.results(slot, results[i], to);
    }
    if (out.size() == batchSize) {
      flush(batch.lateness(), output);
    }
  }

  /**
   * Sends the first row of a partition that waits.
   *
   * @param rowtime its time from now on
   * @param moment where it comes among rows that are sent at one position
   */
  void sendNext(int slot, int number, long rowtime, long moment, int code, Output output) {
    RowLog log = partitions.log();
    long ordinal = partitions.next(slot, number);
    long time = log.time(number, ordinal);
    Column[] row = log.columns(number, ordinal);
    int index = log.index(number, ordinal);
    int to = out.append(rowtime, code);
    if (ranksRows) {
      out.rank(to, moment, 0, 0, columns.cause(row, index));
    }
    for (int i = 0; i < spec.passed(); i++) {
      out.column(i).copy(row[columns.firstPassed() + i], index, to);
    }
    partitions.rankings().next(slot, time, out.columns(), spec.passed(), to);
    for (int i = 0; i < results.length; i++) {
      MovingFrame frame = partitions.frames().get(i);
      if (frame.bounds().endsWithRow()) {
        for (int j = 0; j < results[i].length; j++) {
          results[i][j].copy(row[firstKept[i] + j], index, to);
        }
      } else {
        frame.moveTo(slot, number, ordinal, time);
        frame.results(slot, results[i], to);
      }
    }
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
