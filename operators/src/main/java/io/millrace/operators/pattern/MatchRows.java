package io.millrace.operators.pattern;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;

/** The rows of matches, on their way out. */
final class MatchRows {
  private final PatternSpec spec;
  private final AttemptTable table;
  private final Timeline timeline;
  private final RowBuffer rows;
  private final int batchSize;
  private final boolean ranks;

  /** By what the rows that are there are late. */
  private Timeline lateness;

  MatchRows(PatternSpec spec, AttemptTable table, OperatorContext context) {
    this.spec = spec;
    this.table = table;
    this.timeline = context.outputTimeline();
    this.lateness = timeline;
    this.batchSize = context.batchSize();
    this.rows = new RowBuffer(spec.output(), batchSize, timeline);
    this.ranks = context.ranksRows();
  }

  /** Sends what an attempt keeps, because of an event. */
  void send(Attempt attempt, Batch batch, int row, RowKind kind, Output output) {
    prepare(batch.lateness(), output);
    long time = batch.rowtimes()[row];
    int to = rows.appendFor(batch, row, time, kind);
    if (ranks) {
      rows.rank(to, time, 1, time, batch.cause(row));
    }
    fill(attempt, to);
  }

  /** Sends what an attempt keeps, because a deadline is reached at a position. */
  void send(Attempt attempt, long deadline, int position, RowKind kind, Output output) {
    prepare(timeline, output);
    int to = rows.append(deadline, position, kind);
    if (ranks) {
      rows.rank(to, deadline, 0, attempt.firstTime, attempt.firstCause);
    }
    fill(attempt, to);
  }

  private void fill(Attempt attempt, int row) {
    table.writeKey(table.keyOf(attempt.number), rows.columns(), row);
    for (int i = 0; i < spec.variables().size(); i++) {
      table.write(i, attempt.number, rows.columns(), spec.keys().size(), row);
    }
  }

  private void prepare(Timeline own, Output output) {
    if (rows.size() >= batchSize || own != lateness) {
      flush(output);
      lateness = own;
    }
  }

  void flush(Output output) {
    if (!rows.isEmpty()) {
      output.emit(rows.batch(timeline, lateness));
      rows.clear();
    }
  }
}
