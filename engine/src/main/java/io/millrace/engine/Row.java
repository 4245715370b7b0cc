package io.millrace.engine;

import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result: values by name, in the external forms of their types (INT is Integer,
 * TIMESTAMP is Instant, and so on: see {@link io.millrace.spi.types.DataType}), NULL as null.
 * Immutable, equal by content.
 */
public final class Row {
  private final Schema schema;
  private final List<@Nullable Object> values;
  private final long rowtime;
  private final RowKind kind;

  Row(Schema schema, @Nullable Object[] values, long rowtime, RowKind kind) {
    this.schema = schema;
    List<@Nullable Object> list = new ArrayList<>(values.length);
    Collections.addAll(list, values);
    this.values = Collections.unmodifiableList(list);
    this.rowtime = rowtime;
    this.kind = kind;
  }

  /** The first {@code columns} columns of a row of a batch. */
  static Row of(Batch batch, int row, int columns) {
    Schema schema = new Schema(batch.schema().fields().subList(0, columns));
    @Nullable Object[] values = new Object[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = ExternalForm.of(schema.type(i)).toExternal(batch.column(i).get(row));
    }
    return new Row(schema, values, batch.rowtimes()[row], batch.kind(row));
  }

  /** The names and types of the columns. */
  public Schema schema() {
    return schema;
  }

  /** The values in the order of the columns. */
  public List<@Nullable Object> values() {
    return values;
  }

  /**
   * The value of a column, whose name matches without regard to case.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public @Nullable Object get(String column) {
    int index = schema.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("no column '" + column + "' in " + schema);
    }
    return values.get(index);
  }

  /** The value of a column of a numeric type that is not NULL. */
  public long getLong(String column) {
    return ((Number) required(column)).longValue();
  }

  /** The value of a column of a numeric type that is not NULL. */
  public double getDouble(String column) {
    return ((Number) required(column)).doubleValue();
  }

  /** The value of a BOOLEAN column that is not NULL. */
  public boolean getBoolean(String column) {
    return (Boolean) required(column);
  }

  /** The value of a STRING column; null for NULL. */
  public @Nullable String getString(String column) {
    return (String) get(column);
  }

  /** The event time, in milliseconds since the epoch. */
  public long rowtime() {
    return rowtime;
  }

  /** The kind of change: {@code +I} but for tables and retractions. */
  public RowKind kind() {
    return kind;
  }

  /** The values by column name, in the order of the columns. */
  public Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      map.put(schema.name(i), values.get(i));
    }
    return map;
  }

  private Object required(String column) {
    return Objects.requireNonNull(get(column), () -> "column '" + column + "' is NULL");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row row
        && rowtime == row.rowtime
        && kind == row.kind
        && schema.equals(row.schema)
        && values.equals(row.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(values, rowtime, kind);
  }

  /** Such as {@code +I {symbol=IBM, value=12.5}}. */
  @Override
  public String toString() {
    return kind.symbol() + " " + asMap();
  }
}
