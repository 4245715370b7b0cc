package io.millrace.connectors.jdbc;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table and the stream's column that goes with it: gives values to statements and
 * takes them from results.
 *
 * @param field the stream's column
 * @param name the name in the database
 * @param type what the stream's type is in a database
 * @param jdbcType of {@link Types}
 * @param holdsInstants whether timestamps have a zone
 * @param asText whether dates and times are ISO-8601 text
 */
record TableColumn(
    Field field, String name, SqlType type, int jdbcType, boolean holdsInstants, boolean asText) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Sets a parameter to a boxed internal value. */
  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value == null) {
      statement.setNull(index, jdbcType);
      return;
    }
    switch (type.kind()) {
      case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
      case INT, LONG -> statement.setLong(index, (Long) value);
      case DOUBLE -> statement.setDouble(index, (Double) value);
      case DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
      case TEXT -> statement.setString(index, (String) value);
      case BYTES -> statement.setBytes(index, ((Bytes) value).unsafeArray());
      case TIMESTAMP -> bindTime(statement, index, timestamp((Long) value));
      case DATE -> bindTime(statement, index, LocalDate.ofEpochDay((Long) value));
      case TIME ->
          bindTime(statement, index, LocalTime.ofNanoOfDay((Long) value * NANOS_PER_MILLI));
    }
  }

  private Object timestamp(long millis) {
    Instant instant = Instant.ofEpochMilli(millis);
    if (asText) {
      return instant;
    }
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    return holdsInstants ? time : time.toLocalDateTime();
  }

  private void bindTime(PreparedStatement statement, int index, Object value) throws SQLException {
    if (asText) {
      statement.setString(index, value.toString());
    } else {
      statement.setObject(index, value);
    }
  }

  /**
   * The boxed internal value of a column of a result.
   *
   * @throws ArithmeticException if the stream's type has no such value
   */
  @Nullable Object read(ResultSet row, int index) throws SQLException {
    Object value =
        switch (type.kind()) {
          case BOOLEAN -> row.getBoolean(index);
          case INT -> integer(row.getBigDecimal(index), Integer.MIN_VALUE, Integer.MAX_VALUE);
          case LONG -> integer(row.getBigDecimal(index), Long.MIN_VALUE, Long.MAX_VALUE);
          case DOUBLE -> row.getDouble(index);
          case DECIMAL -> decimal(row.getBigDecimal(index));
          case TEXT -> row.getString(index);
          case BYTES -> bytes(row.getBytes(index));
          case TIMESTAMP -> asText ? instant(row.getString(index)) : readTimestamp(row, index);
          case DATE -> days(readTime(row, index, LocalDate.class));
          case TIME -> millis(readTime(row, index, LocalTime.class));
        };
    return row.wasNull() ? null : value;
  }

  private static @Nullable Object integer(@Nullable BigDecimal value, long least, long greatest) {
    if (value == null) {
      return null;
    }
    long exact = value.longValueExact();
    if (exact < least || exact > greatest) {
      throw new ArithmeticException("out of range");
    }
    return exact;
  }

  private @Nullable Object decimal(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    DataType.Decimal decimal = (DataType.Decimal) field.type();
    BigDecimal exact = value.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
    if (exact.precision() > decimal.precision()) {
      throw new ArithmeticException("out of range");
    }
    return exact;
  }

  private static @Nullable Object bytes(byte @Nullable [] value) {
    return value == null ? null : Bytes.wrap(value);
  }

  private @Nullable Object readTimestamp(ResultSet row, int index) throws SQLException {
    if (holdsInstants) {
      OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
      return time == null ? null : time.toInstant().toEpochMilli();
    }
    LocalDateTime time = row.getObject(index, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static @Nullable Object instant(@Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw notIso(text, e);
    }
  }

  private <T> @Nullable T readTime(ResultSet row, int index, Class<T> form) throws SQLException {
    if (!asText) {
      return row.getObject(index, form);
    }
    String text = row.getString(index);
    try {
      return text == null
          ? null
          : form.cast(form == LocalDate.class ? LocalDate.parse(text) : LocalTime.parse(text));
    } catch (DateTimeParseException e) {
      throw notIso(text, e);
    }
  }

  private static ArithmeticException notIso(@Nullable String text, DateTimeParseException cause) {
    ArithmeticException error = new ArithmeticException("'" + text + "' is not ISO-8601");
    error.initCause(cause);
    return error;
  }

  private static @Nullable Object days(@Nullable LocalDate date) {
    return date == null ? null : date.toEpochDay();
  }

  private static @Nullable Object millis(@Nullable LocalTime time) {
    return time == null ? null : time.toNanoOfDay() / NANOS_PER_MILLI;
  }
}
