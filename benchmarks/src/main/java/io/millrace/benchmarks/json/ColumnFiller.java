package io.millrace.benchmarks.json;

import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import org.jspecify.annotations.Nullable;

/** Fills the columns of a batch, as a source task does. All columns of all rows have values. */
final class ColumnFiller implements RowWriter {
  private final RowBuffer buffer;
  private final Timeline timeline = new SourceTimeline();
  private int row;

  ColumnFiller(Schema schema, int capacity) {
    buffer = new RowBuffer(schema, capacity, timeline);
  }

  int size() {
    return buffer.size();
  }

  Batch batch() {
    return buffer.batch(timeline, timeline);
  }

  void clear() {
    buffer.clear();
  }

  @Override
  public void record(RecordOrigin origin, long recordTime) {}

  @Override
  public void setMetadata(int index, @Nullable Object value) {}

  @Override
  public boolean wantsMetadata(int index) {
    return false;
  }

  @Override
  public void beginRow() {
    row = buffer.append(0, Timeline.ofRow(buffer.size()));
  }

  @Override
  public void endRow() {}

  @Override
  public void endDeletion() {}

  @Override
  public void setNull(int column) {
    buffer.column(column).setNull(row);
  }

  @Override
  public void setBoolean(int column, boolean value) {
    ((BooleanColumn) buffer.column(column)).values()[row] = value;
  }

  @Override
  public void setLong(int column, long value) {
    ((LongColumn) buffer.column(column)).values()[row] = value;
  }

  @Override
  public void setDouble(int column, double value) {
    ((DoubleColumn) buffer.column(column)).values()[row] = value;
  }

  @Override
  public void setObject(int column, @Nullable Object value) {
    ((ObjectColumn) buffer.column(column)).values()[row] = value;
  }

  @Override
  public void reject(byte[] bytes, int offset, int length, String error) {
    throw new IllegalStateException(error);
  }

  @Override
  public void skipEmpty() {}
}
