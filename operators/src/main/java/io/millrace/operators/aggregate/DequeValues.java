package io.millrace.operators.aggregate;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes and reads values of deques.
 *
 * @param type STRING, BYTES or DECIMAL
 */
record DequeValues(DataType type) {
  static DequeValues of(DataType type) {
    if (type != DataType.STRING && type != DataType.BYTES && !(type instanceof DataType.Decimal)) {
      throw new IllegalArgumentException("no deque holds values of type " + type.sql());
    }
    return new DequeValues(type);
  }

  void write(Object value, DataOutput out) throws IOException {
    byte[] content = toBytes(value);
    out.writeInt(content.length);
    out.write(content);
  }

  Object read(DataInput in) throws IOException {
    byte[] content = new byte[in.readInt()];
    in.readFully(content);
    return ofBytes(content);
  }

  private static byte[] toBytes(Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return value instanceof Bytes bytes
        ? bytes.unsafeArray()
        : ((BigDecimal) value).unscaledValue().toByteArray();
  }

  private Object ofBytes(byte[] content) {
    if (type instanceof DataType.Decimal decimal) {
      return new BigDecimal(new BigInteger(content), decimal.scale());
    }
    return type == DataType.STRING
        ? new String(content, StandardCharsets.UTF_8)
        : Bytes.wrap(content);
  }
}
