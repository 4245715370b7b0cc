package io.millrace.connectors.kafka;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A key that is the text of one value; NULL is a record without key. */
final class TextKey implements KeyCodec {
  /** More digits before the point than any DECIMAL has: such a number is refused unread. */
  private static final int LONGEST_NUMBER = 100;

  private final int column;
  private final DataType type;
  private final @Nullable Object[] values = new @Nullable Object[1];

  TextKey(int column, DataType type) {
    this.column = column;
    this.type = type;
  }

  static boolean supports(DataType type) {
    return type == DataType.STRING
        || type == DataType.INT
        || type == DataType.BIGINT
        || type == DataType.DOUBLE
        || type instanceof DataType.Decimal;
  }

  @Override
  public byte @Nullable [] encode(Batch batch, int row) {
    Object value = batch.column(column).get(row);
    if (value == null) {
      return null;
    }
    String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable Object[] decode(byte[] key) {
    String text = Utf8.decode(key, "the record key");
    values[0] = type == DataType.STRING ? text : number(text);
    return values;
  }

  private Object number(String text) {
    try {
      if (type == DataType.INT) {
        return (long) Integer.parseInt(text);
      }
      if (type == DataType.BIGINT) {
        return Long.parseLong(text);
      }
      if (type == DataType.DOUBLE) {
        return Double.parseDouble(text);
      }
      return decimal(text, (DataType.Decimal) type);
    } catch (NumberFormatException e) {
      throw unfit(text);
    }
  }

  private BigDecimal decimal(String text, DataType.Decimal target) {
    if (text.length() > LONGEST_NUMBER) {
      throw unfit(text);
    }
    BigDecimal number = new BigDecimal(text);
    if (number.precision() - (long) number.scale() > target.precision() - target.scale()) {
      throw unfit(text);
    }
    BigDecimal scaled = number.setScale(target.scale(), RoundingMode.HALF_UP);
    if (scaled.precision() > target.precision()) {
      throw unfit(text);
    }
    return scaled;
  }

  private DecodeException unfit(String text) {
    String shown = text.length() > LONGEST_NUMBER ? text.substring(0, LONGEST_NUMBER) + "…" : text;
    return new DecodeException("the record key '" + shown + "' is no " + type.sql());
  }
}
