package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;

/**
 * What is sent of groups as rows arrive, gathered to batches in the order in which it is written.
 */
final class ArrivalOutput {
  private final RowBuffer out;

  /** The rows of the batch that are sent, behind those in {@code out}. */
  private final SentRows sent;

  private final Timeline outputTimeline;
  private final int batchSize;

  ArrivalOutput(WindowGroups spec, OperatorContext context) {
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    sent = new SentRows(spec.keys().size() + spec.program().results().size(), spec.carried());
  }

  /**
   * Begins with the rows of a batch.
   *
   * @param columns have taken the batch
   */
  void begin(Batch batch, GroupColumns columns) {
    sent.begin(batch, columns, out);
  }

  /** The rows of the batch for which one is sent, whose results are written first. */
  SentRows sent() {
    return sent;
  }

  /** Where other rows are written; what waits to be written before them is. */
  RowBuffer next() {
    sent.append(out);
    return out;
  }

  /** The buffer in which the results of {@link #sent} are written. */
  RowBuffer buffer() {
    return out;
  }

  /** How many groups may be written before {@link #sendIfFull} is to be called. */
  int room() {
    return batchSize - out.size() - sent.count();
  }

  /** Sends what leaves for a row of the batch. */
  void sendLeaving(LeavingRows rows, Batch batch, Output output) {
    for (int i = 0; i < rows.size(); i++) {
      rows.copy(i, next());
      sendIfFull(batch.lateness(), output);
    }
    rows.clear();
  }

  /** Sends what leaves because moments have come, which is late by no watermark. */
  void sendLeavingAtMoments(LeavingRows rows, Output output) {
    for (int i = 0; i < rows.size(); i++) {
      rows.copy(i, next());
      sendIfFull(outputTimeline, output);
    }
    rows.clear();
  }

  /** By which rows are late that are sent without a row of a batch. */
  Timeline timeline() {
    return outputTimeline;
  }

  void sendIfFull(Timeline lateness, Output output) {
    if (room() == 0) {
      send(lateness, output);
    }
  }

  /** Sends what is written. */
  void send(Timeline lateness, Output output) {
    if (!next().isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
