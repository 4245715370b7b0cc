package io.millrace.connectors.jdbc;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;

/** Values of the column in whose order a source reads, as texts of positions. */
final class OrderValue {
  private OrderValue() {}

  /** Refuses a column whose values have no exact text, or are finer in the database. */
  static void check(Field column) {
    DataType type = column.type();
    boolean isExact =
        type == DataType.INT
            || type == DataType.BIGINT
            || type == DataType.STRING
            || type == DataType.DATE
            || type instanceof DataType.Decimal;
    if (!isExact) {
      throw new MillraceException(
          "option 'order.by' needs a column of INT, BIGINT, DECIMAL, DATE or STRING, but '"
              + column.name()
              + "' is "
              + type.sql());
    }
  }

  static String format(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  /** Reads what {@link #format} gave. */
  static Object parse(String text, DataType type) {
    if (type == DataType.STRING) {
      return text;
    }
    return type instanceof DataType.Decimal ? new BigDecimal(text) : Long.valueOf(text);
  }
}
