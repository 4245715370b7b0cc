package io.millrace.operators.window;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.List;

/** Sends the rows that enter a window, as {@code +I}, and those that leave it, as {@code -D}. */
final class ContentsOutput {
  private final List<Integer> carried;
  private final Column[] kept;
  private final int batchSize;
  private final RowBuffer out;
  private final Timeline outputTimeline;

  /** By which the rows in {@code out} are late. */
  private Timeline outLateness;

  /**
   * @param carried the columns in the input that are sent
   * @param output these columns; there may be one behind, for when the rows leave
   */
  ContentsOutput(List<Integer> carried, Schema output, OperatorContext context) {
    this.carried = carried;
    kept = new Column[carried.size()];
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    outLateness = outputTimeline;
    out = new RowBuffer(output, batchSize, outputTimeline);
  }

  /** Takes a batch, whose rows come next. */
  void take(Batch batch) {
    for (int i = 0; i < kept.length; i++) {
      kept[i] = batch.column(carried.get(i));
    }
  }

  /** The columns of rows as they are kept: those of the batch that was taken, always in it. */
  Column[] kept() {
    return kept;
  }

  /** Sends a row of the batch, which enters. */
  void enter(Batch batch, int row, Output output) {
    prepare(batch.lateness(), output);
    write(kept, row, out.appendFor(batch, row, batch.rowtimes()[row], RowKind.INSERT));
  }

  /**
   * Sends a row of the batch, which enters.
   *
   * @param until when it leaves
   */
  void enter(Batch batch, int row, long until, Output output) {
    enter(batch, row, output);
    writeUntil(until);
  }

  /** Sends a row of the columns of rows as they are kept, which leaves for one that enters. */
  void leaveFor(Batch batch, int row, Column[] columns, int index, Output output) {
    prepare(batch.lateness(), output);
    write(columns, index, out.appendFor(batch, row, batch.rowtimes()[row], RowKind.DELETE));
  }

  /**
   * Sends a row of the columns of rows as they are kept, which leaves when time has come to a
   * moment; it is late by no watermark.
   *
   * @param timeline over the turn
   */
  void leaveAt(long moment, Timeline timeline, Column[] columns, int index, Output output) {
    prepare(outputTimeline, output);
    int position = Timeline.ofAdvance(timeline.firstReaching(moment, 0));
    int to = out.append(moment, position, RowKind.DELETE);
    out.dueAt(to, moment, timeline);
    write(columns, index, to);
    writeUntil(moment);
  }

  private void write(Column[] columns, int index, int to) {
    for (int i = 0; i < kept.length; i++) {
      out.column(i).copy(columns[i], index, to);
    }
  }

  private void writeUntil(long time) {
    ((LongColumn) out.column(kept.length)).put(out.size() - 1, time);
  }

  /** Makes room for a row that is late by a watermark. */
  private void prepare(Timeline lateness, Output output) {
    if (out.size() == batchSize || outLateness != lateness) {
      flush(output);
      outLateness = lateness;
    }
  }

  void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, outLateness));
      out.clear();
    }
  }
}
