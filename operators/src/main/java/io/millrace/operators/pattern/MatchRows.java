package io.millrace.operators.pattern;

import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;

/**
 * The rows of matches, on their way out. An event or a deadline brings them about, which is said
 * before.
 */
final class MatchRows {
  private final PatternSpec spec;
  private final AttemptTable table;
  private final PatternEvent event;
  private final Timeline timeline;
  private final RowBuffer rows;
  private final int batchSize;
  private final boolean ranks;

  /** By what the rows that are there are late. */
  private Timeline lateness;

  private boolean isDeadline;
  private long deadline;
  private int position;
  private long moment;

  MatchRows(PatternSpec spec, AttemptTable table, PatternEvent event, OperatorContext context) {
    this.spec = spec;
    this.table = table;
    this.event = event;
    this.timeline = context.outputTimeline();
    this.lateness = timeline;
    this.batchSize = context.batchSize();
    this.rows = new RowBuffer(spec.output(), batchSize, timeline);
    this.ranks = context.ranksRows();
  }

  /** The event brings about what follows. */
  void becauseOfEvent() {
    isDeadline = false;
  }

  /**
   * A deadline brings about what follows, which is reached at a position.
   *
   * @param due see {@code Batch.moments}
   */
  void becauseOf(long time, int code, long due) {
    isDeadline = true;
    deadline = time;
    position = code;
    moment = due;
  }

  /** The time of what brings about what follows. */
  long time() {
    return isDeadline ? deadline : event.time();
  }

  /** Sends what an attempt keeps. */
  void send(Attempt attempt, RowKind kind, Output output) {
    Timeline own = isDeadline ? timeline : event.batch().lateness();
    if (rows.size() >= batchSize || own != lateness) {
      flush(output);
      lateness = own;
    }
    int row = append(attempt, kind);
    table.keys().write(table.keyOf(attempt.number), rows.columns(), row);
    for (int i = 0; i < spec.variables().size(); i++) {
      table.write(i, attempt.number, rows.columns(), spec.keys().size(), row);
    }
  }

  /** At one position, deadlines go before events of their time, and by what began first. */
  private int append(Attempt attempt, RowKind kind) {
    if (isDeadline) {
      int row = rows.append(deadline, position, kind);
      rows.moment(row, moment);
      if (ranks) {
        rows.rank(row, deadline, 0, attempt.firstTime, attempt.firstCause);
      }
      return row;
    }
    int row = rows.appendFor(event.batch(), event.row(), event.time(), kind);
    if (ranks) {
      rows.rank(row, event.time(), 1, event.time(), event.batch().cause(event.row()));
    }
    return row;
  }

  void flush(Output output) {
    if (!rows.isEmpty()) {
      output.emit(rows.batch(timeline, lateness));
      rows.clear();
    }
  }
}
