package io.millrace.connectors.kafka;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps the boxed values of the one row that a decoder writes. */
final class CapturedRow implements RowWriter {
  private final @Nullable Object[] values;
  private boolean complete;

  CapturedRow(int columns) {
    values = new @Nullable Object[columns];
  }

  /** The values of the row, by column. */
  @Nullable Object[] values() {
    return values;
  }

  /** Whether a row has been written. */
  boolean isComplete() {
    return complete;
  }

  void clear() {
    complete = false;
    Arrays.fill(values, null);
  }

  @Override
  public void beginRow() {
    clear();
  }

  @Override
  public void endRow() {
    complete = true;
  }

  @Override
  public void endDeletion() {
    complete = true;
  }

  @Override
  public void setNull(int column) {
    values[column] = null;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    values[column] = value;
  }

  @Override
  public void setLong(int column, long value) {
    values[column] = value;
  }

  @Override
  public void setDouble(int column, double value) {
    values[column] = value;
  }

  @Override
  public void setObject(int column, @Nullable Object value) {
    values[column] = value;
  }

  @Override
  public void reject(byte[] bytes, int offset, int length, String error) {
    throw new DecodeException(error);
  }

  @Override
  public boolean wantsMetadata(int index) {
    return false;
  }

  @Override
  public void record(RecordOrigin origin, long recordTime) {
    // The record is known to the one who asked.
  }

  @Override
  public void setMetadata(int index, @Nullable Object value) {
    // A key has no pseudo-columns.
  }

  @Override
  public void skipEmpty() {
    complete = false;
  }
}
