package io.millrace.operators.aggregate;

import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Saves and restores deques of one type: STRING, BYTES or DECIMAL. */
public final class ObjectMonotonicDequeCodec implements StateCodec<ObjectMonotonicDeque> {
  private final DequeValues values;

  private ObjectMonotonicDequeCodec(DequeValues values) {
    this.values = values;
  }

  /**
   * The codec of deques of a type.
   *
   * @throws IllegalArgumentException if values of the type cannot be saved so
   */
  public static ObjectMonotonicDequeCodec of(DataType type) {
    return new ObjectMonotonicDequeCodec(DequeValues.of(type));
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(ObjectMonotonicDeque deque, DataOutput out) throws IOException {
    out.writeInt(deque.size());
    for (Object value : deque.values()) {
      values.write(value, out);
    }
  }

  @Override
  public ObjectMonotonicDeque read(int version, DataInput in) throws IOException {
    ObjectMonotonicDeque deque = new ObjectMonotonicDeque();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      deque.restore(values.read(in));
    }
    return deque;
  }
}
