package io.millrace.operators.align;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.HeldTimeline;
import io.millrace.spi.time.StandingTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/** The rows that leave in a turn, until it is known how far its watermark goes. */
final class TurnRows {
  private final Schema schema;
  private final HeldTimeline timeline;
  private final int batchSize;
  private final List<Chunk> chunks = new ArrayList<>();
  private int used;

  /** Rows of one batch. */
  private static final class Chunk {
    final RowBuffer rows;

    /** The watermark by which they are late; {@code NEVER} where they are not. */
    long lateBy;

    Chunk(RowBuffer rows) {
      this.rows = rows;
    }
  }

  TurnRows(Schema schema, HeldTimeline timeline, int batchSize) {
    this.schema = schema;
    this.timeline = timeline;
    this.batchSize = batchSize;
  }

  /** Adds a row at its own position, with its own time. */
  void add(Batch batch, int row) {
    chunk(Timeline.NEVER).append(batch, row);
  }

  /**
   * Adds the row that has been taken of those that were held, at another position.
   *
   * @param moment see {@link Batch#moments}
   */
  void add(HeldRows held, int position, long moment) {
    long rowtime = held.rowtime();
    RowBuffer rows = chunk(rowtime < held.seen() ? held.seen() : Timeline.NEVER);
    rows.append(held.row(), 0);
    int added = rows.size() - 1;
    rows.rowtimes()[added] = rowtime;
    rows.positions()[added] = position;
    rows.moment(added, moment);
  }

  private RowBuffer chunk(long lateBy) {
    Chunk last = used == 0 ? null : chunks.get(used - 1);
    if (last == null || last.lateBy != lateBy || last.rows.size() == batchSize) {
      if (used == chunks.size()) {
        chunks.add(new Chunk(new RowBuffer(schema, 16, timeline)));
      }
      last = chunks.get(used++);
      last.lateBy = lateBy;
    }
    return last.rows;
  }

  /** Sends all. */
  void send(Output output) {
    for (int i = 0; i < used; i++) {
      Chunk chunk = chunks.get(i);
      Timeline lateness =
          chunk.lateBy == Timeline.NEVER ? timeline : new StandingTimeline(timeline, chunk.lateBy);
      output.emit(chunk.rows.batch(timeline, lateness));
    }
  }

  /** Forgets all; memory of one batch stays. */
  void clear() {
    for (int i = 0; i < used; i++) {
      chunks.get(i).rows.clear();
    }
    used = 0;
    while (chunks.size() > 1) {
      chunks.remove(chunks.size() - 1);
    }
  }
}
