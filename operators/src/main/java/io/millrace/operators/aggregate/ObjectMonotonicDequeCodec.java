package io.millrace.operators.aggregate;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Saves and restores deques of one type: STRING, BYTES or DECIMAL. */
public final class ObjectMonotonicDequeCodec implements StateCodec<ObjectMonotonicDeque> {
  private final DataType type;

  private ObjectMonotonicDequeCodec(DataType type) {
    this.type = type;
  }

  /**
   * The codec of deques of a type.
   *
   * @throws IllegalArgumentException if values of the type cannot be saved so
   */
  public static ObjectMonotonicDequeCodec of(DataType type) {
    if (type != DataType.STRING && type != DataType.BYTES && !(type instanceof DataType.Decimal)) {
      throw new IllegalArgumentException("no deque holds values of type " + type.sql());
    }
    return new ObjectMonotonicDequeCodec(type);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(ObjectMonotonicDeque deque, DataOutput out) throws IOException {
    out.writeInt(deque.size());
    for (Object value : deque.values()) {
      byte[] content = toBytes(value);
      out.writeInt(content.length);
      out.write(content);
    }
  }

  @Override
  public ObjectMonotonicDeque read(int version, DataInput in) throws IOException {
    ObjectMonotonicDeque deque = new ObjectMonotonicDeque();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      byte[] content = new byte[in.readInt()];
      in.readFully(content);
      deque.restore(ofBytes(content));
    }
    return deque;
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
