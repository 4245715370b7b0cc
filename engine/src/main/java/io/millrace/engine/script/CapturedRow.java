package io.millrace.engine.script;

import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.Schema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes one row from a decoder and keeps it as a map of the values that it set, in external form.
 */
final class CapturedRow implements RowWriter {
  private final Schema schema;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private int rows;

  CapturedRow(Schema schema) {
    this.schema = schema;
  }

  /** The values of the only row. */
  Map<String, @Nullable Object> values() {
    if (rows != 1) {
      throw new MillraceException("the record gives " + rows + " rows");
    }
    return values;
  }

  @Override
  public void record(RecordOrigin origin, long recordTime) {
    values.clear();
  }

  @Override
  public void setMetadata(int index, @Nullable Object value) {
    throw new IllegalStateException("a decoder knows no pseudo-columns");
  }

  @Override
  public boolean wantsMetadata(int index) {
    return false;
  }

  @Override
  public void beginRow() {
    values.clear();
  }

  @Override
  public void endRow() {
    rows++;
  }

  @Override
  public void endDeletion() {
    rows++;
  }

  @Override
  public void setNull(int column) {
    put(column, null);
  }

  @Override
  public void setBoolean(int column, boolean value) {
    put(column, value);
  }

  @Override
  public void setLong(int column, long value) {
    put(column, value);
  }

  @Override
  public void setDouble(int column, double value) {
    put(column, value);
  }

  @Override
  public void setObject(int column, @Nullable Object value) {
    put(column, value);
  }

  private void put(int column, @Nullable Object internal) {
    values.put(schema.name(column), ExternalForm.of(schema.type(column)).toExternal(internal));
  }

  @Override
  public void reject(byte[] bytes, int offset, int length, String error) {
    throw new MillraceException(
        error + ": " + new String(bytes, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void skipEmpty() {
    rows = 0;
  }
}
