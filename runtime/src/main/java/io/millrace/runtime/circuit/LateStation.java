package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Where the rows go on that came too late for an operator: at their own positions, with their own
 * times, behind them how much behind the watermark they were. Their watermark is that of the
 * operator's input.
 */
final class LateStation extends Station {
  private final Station finder;
  private final Timeline timeline;
  private final List<SourcePartition> lanes;
  private final Arrival arrival;
  private final RowBuffer rows;
  private Timeline lateness;

  /**
   * @param finder the operator
   * @param schema the columns of the operator's input, then one of milliseconds
   * @param timeline the watermark of the operator's input
   * @param lanes those of the operator's input
   */
  LateStation(
      Station finder,
      Schema schema,
      Timeline timeline,
      List<SourcePartition> lanes,
      Arrival arrival,
      TurnFailures failures) {
    super(failures);
    this.finder = finder;
    this.timeline = timeline;
    this.lanes = lanes;
    this.arrival = arrival;
    this.lateness = timeline;
    this.rows = new RowBuffer(schema, 16, timeline);
  }

  /** Takes a row, until {@link #flush}. */
  void add(Batch batch, int row) {
    Timeline own = batch.lateness() == batch.timeline() ? timeline : batch.lateness();
    if (own != lateness) {
      flush();
      lateness = own;
    }
    int added = rows.appendFor(batch, row, batch.rowtimes()[row], batch.kind(row));
    int[] places = batch.places();
    rows.place(added, places == null ? 0 : places[row]);
    rows.lane(added, batch.lane(row));
    int width = batch.columns().length;
    for (int i = 0; i < width; i++) {
      rows.column(i).copy(batch.column(i), row, added);
    }
    ((LongColumn) rows.column(width)).put(added, lateBy(batch, row));
  }

  /** By how much its time is less than the watermark before it. */
  private static long lateBy(Batch batch, int row) {
    boolean isBehindAdvance = Timeline.lastAdvanceBefore(batch.position(row)) >= 0;
    long own = batch.seen(row);
    long watermark = isBehindAdvance ? Math.max(own, batch.seen(row, batch.timeline())) : own;
    long time = batch.rowtimes()[row];
    long by = watermark - time;
    return watermark <= time ? 0 : by < 0 ? Long.MAX_VALUE : by;
  }

  /** Sends what has been taken. */
  void flush() {
    if (!rows.isEmpty()) {
      emit(rows.batchWithPlaces(timeline, lateness));
      rows.clear();
    }
  }

  @Override
  Timeline timeline() {
    return timeline;
  }

  @Override
  List<Station> above() {
    return List.of(finder);
  }

  @Override
  List<SourcePartition> lanes() {
    return lanes;
  }

  @Override
  boolean isByTime() {
    return finder.isByTime();
  }

  @Override
  int momentParts() {
    return finder.momentParts();
  }

  @Override
  Arrival arrival() {
    return arrival;
  }

  @Override
  public void late(Batch batch, int row) {
    throw new IllegalStateException("late rows are taken as they are");
  }

  @Override
  public void fail(Batch batch, int row, String error) {
    throw new IllegalStateException("late rows are taken as they are");
  }
}
