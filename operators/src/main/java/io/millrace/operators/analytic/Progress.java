package io.millrace.operators.analytic;

import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * How far time has gone on, and where what is due by then is sent. Before a row it is what time has
 * reached ({@link Batch#reached(int)}); a limit to waiting is over also when the row's own time has
 * come, so that it does not matter whether the watermark comes there before the row.
 */
final class Progress {
  private Timeline timeline;
  private @Nullable Batch batch;
  private int row;
  private long reached;

  Progress(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Says that a row comes next. */
  Progress before(Batch rows, int index) {
    timeline = rows.timeline();
    batch = rows;
    row = index;
    reached = rows.reached(index);
    return this;
  }

  /** Says that the turn is over. */
  Progress atEnd(Timeline turn) {
    timeline = turn;
    batch = null;
    reached = turn.last();
    return this;
  }

  /** What time has reached. */
  long reached() {
    return reached;
  }

  /** Whether time has reached a deadline. */
  boolean isDue(long deadline) {
    return deadline <= reached;
  }

  /** Whether a row has waited long enough by a time; what the end of the input ends, has not. */
  boolean isLimitDue(long limit) {
    return limit != Timeline.END && (isDue(limit) ? !isOfEnd(limit) : isOfRow(limit));
  }

  /** Whether it is the end of the input by which a time is reached. */
  boolean isOfEnd(long time) {
    return reached == Timeline.END
        && timeline.before(timeline.firstReaching(time, 0)) == Timeline.END;
  }

  /** Whether a time comes with that of the row. */
  private boolean isOfRow(long time) {
    return batch != null && time <= batch.rowtimes()[row];
  }

  /** At which position what is due at a time is sent. */
  int code(long time) {
    return batch != null && !isDue(time)
        ? batch.position(row)
        : Timeline.ofAdvance(timeline.firstReaching(time, 0));
  }

  /** The moment of what is due at a time: see {@link Batch#moments}. */
  long moment(long time) {
    return batch != null && !isDue(time)
        ? batch.momentFor(row, time)
        : timeline.momentOfDeadline(time, code(time));
  }
}
