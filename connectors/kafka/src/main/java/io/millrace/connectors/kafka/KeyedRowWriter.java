package io.millrace.connectors.kafka;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.types.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Passes rows on and fills the key columns that the value of the record left NULL or did not have
 * from the record's key.
 */
final class KeyedRowWriter implements RowWriter {
  private final Schema schema;
  private final KeyCodec codec;
  private final int[] keyColumns;

  /** For each column: whether it is a key column that has no value yet. */
  private final boolean[] open;

  private RowWriter target;
  private byte @Nullable [] key;

  KeyedRowWriter(StreamDefinition stream, KeyCodec codec) {
    this.schema = stream.schema();
    this.codec = codec;
    this.keyColumns = stream.keyColumns().stream().mapToInt(Integer::intValue).toArray();
    this.open = new boolean[schema.size()];
    this.target = new CapturedRow(0);
  }

  /** Begins a record: rows go to {@code writer} with this key. */
  KeyedRowWriter begin(RowWriter writer, byte @Nullable [] recordKey) {
    target = writer;
    key = recordKey;
    return this;
  }

  /**
   * Writes the deletion that a record without a value is.
   *
   * @throws DecodeException if the record has no key either
   */
  void writeDeletion() {
    if (key == null) {
      throw new DecodeException("a record without a value and without a key deletes nothing");
    }
    beginRow();
    endDeletion();
  }

  @Override
  public void beginRow() {
    target.beginRow();
    for (int column : keyColumns) {
      open[column] = true;
    }
  }

  @Override
  public void endRow() {
    fillKey();
    target.endRow();
  }

  @Override
  public void endDeletion() {
    fillKey();
    target.endDeletion();
  }

  private void fillKey() {
    byte[] bytes = key;
    if (bytes == null) {
      return;
    }
    @Nullable Object[] values = null;
    for (int i = 0; i < keyColumns.length; i++) {
      int column = keyColumns[i];
      if (open[column]) {
        values = values == null ? codec.decode(bytes) : values;
        set(column, values[i]);
      }
    }
  }

  private void set(int column, @Nullable Object value) {
    if (value == null) {
      target.setNull(column);
      return;
    }
    switch (schema.type(column).layout()) {
      case BOOLEAN -> target.setBoolean(column, (Boolean) value);
      case LONG -> target.setLong(column, (Long) value);
      case DOUBLE -> target.setDouble(column, (Double) value);
      case OBJECT -> target.setObject(column, value);
    }
  }

  @Override
  public void setNull(int column) {
    if (!open[column]) { // else it stays NULL unless the key has it
      target.setNull(column);
    }
  }

  @Override
  public void setBoolean(int column, boolean value) {
    open[column] = false;
    target.setBoolean(column, value);
  }

  @Override
  public void setLong(int column, long value) {
    open[column] = false;
    target.setLong(column, value);
  }

  @Override
  public void setDouble(int column, double value) {
    open[column] = false;
    target.setDouble(column, value);
  }

  @Override
  public void setObject(int column, @Nullable Object value) {
    if (value == null) {
      setNull(column);
    } else {
      open[column] = false;
      target.setObject(column, value);
    }
  }

  @Override
  public void record(RecordOrigin origin, long recordTime) {
    target.record(origin, recordTime);
  }

  @Override
  public void setMetadata(int index, @Nullable Object value) {
    target.setMetadata(index, value);
  }

  @Override
  public boolean wantsMetadata(int index) {
    return target.wantsMetadata(index);
  }

  @Override
  public void reject(byte[] bytes, int offset, int length, String error) {
    target.reject(bytes, offset, length, error);
  }

  @Override
  public void skipEmpty() {
    target.skipEmpty();
  }
}
