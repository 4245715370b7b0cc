package io.millrace.testkit.connector;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import org.jspecify.annotations.Nullable;

/** Builds a batch row by row from boxed internal values. Used by one thread. */
public final class BatchFixture {
  private final RowBuffer buffer;
  private final Timeline timeline = new SourceTimeline();

  public BatchFixture(Schema schema) {
    this.buffer = new RowBuffer(schema, 16, timeline);
  }

  /** Adds a row of kind {@code +I} and time 0. */
  public BatchFixture row(@Nullable Object... values) {
    return change(RowKind.INSERT, 0, values);
  }

  /** Adds a row of any kind and time. */
  public BatchFixture change(RowKind kind, long rowtime, @Nullable Object... values) {
    int row = buffer.append(rowtime, Timeline.ofRow(buffer.size()), kind);
    for (int i = 0; i < buffer.columns().length; i++) {
      buffer.column(i).set(row, values[i]);
    }
    return this;
  }

  /** The rows so far; valid until another one is added. */
  public Batch batch() {
    return buffer.batch(timeline, timeline);
  }
}
