package io.millrace.state.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes and reads boxed internal values of one type. */
interface ValueCodec {
  void write(Object value, StateWriter out) throws IOException;

  Object read(StateReader in) throws IOException;

  /** Writes a value so that equal ones have equal bytes. */
  default void writeKey(Object value, StateWriter out) throws IOException {
    write(value, out);
  }

  /** As {@link #writeKey}; {@link #readNullable} reads it. */
  default void writeNullableKey(@Nullable Object value, StateWriter out) throws IOException {
    out.writeByte(value == null ? 0 : 1);
    if (value != null) {
      writeKey(value, out);
    }
  }

  /** Writes a value, or null for NULL. */
  default void writeNullable(@Nullable Object value, StateWriter out) throws IOException {
    out.writeByte(value == null ? 0 : 1);
    if (value != null) {
      write(value, out);
    }
  }

  default @Nullable Object readNullable(StateReader in) throws IOException {
    return in.readByte() == 0 ? null : read(in);
  }
}
