package io.millrace.connectors.kafka;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.types.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A key as Kafka's own serializers write it: BYTES as they are, STRING in UTF-8, INT in 4 bytes,
 * BIGINT and DOUBLE in 8, big-endian; NULL is a record without key.
 */
final class RawKey implements KeyCodec {
  private final int column;
  private final DataType type;
  private final @Nullable Object[] values = new @Nullable Object[1];

  RawKey(int column, DataType type) {
    this.column = column;
    this.type = type;
  }

  static boolean supports(DataType type) {
    return type == DataType.BYTES
        || type == DataType.STRING
        || type == DataType.INT
        || type == DataType.BIGINT
        || type == DataType.DOUBLE;
  }

  @Override
  public byte @Nullable [] encode(Batch batch, int row) {
    Object value = batch.column(column).get(row);
    if (value == null) {
      return null;
    }
    if (value instanceof Bytes bytes) {
      return bytes.toArray();
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    Number number = (Number) value;
    if (type == DataType.INT) {
      return ByteBuffer.allocate(Integer.BYTES).putInt(number.intValue()).array();
    }
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
    return (type == DataType.DOUBLE
            ? buffer.putDouble(number.doubleValue())
            : buffer.putLong(number.longValue()))
        .array();
  }

  @Override
  public @Nullable Object[] decode(byte[] key) {
    if (type == DataType.BYTES) {
      values[0] = Bytes.copyOf(key);
    } else if (type == DataType.STRING) {
      values[0] = Utf8.decode(key, "the record key");
    } else {
      values[0] = number(key);
    }
    return values;
  }

  private Object number(byte[] key) {
    int expected = type == DataType.INT ? Integer.BYTES : Long.BYTES;
    if (key.length != expected) {
      throw new DecodeException(
          "the record key has "
              + key.length
              + " bytes, but a raw "
              + type.sql()
              + " has "
              + expected);
    }
    ByteBuffer buffer = ByteBuffer.wrap(key);
    if (type == DataType.INT) {
      return (long) buffer.getInt();
    }
    return type == DataType.DOUBLE ? (Object) buffer.getDouble() : (Object) buffer.getLong();
  }
}
