package io.millrace.operators.values;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.types.DataType;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The external forms of STRING, BYTES and BOOLEAN. */
final class ExternalTexts {
  private ExternalTexts() {}

  static final class OfString extends ExternalForm {
    OfString() {
      super(DataType.STRING);
    }

    @Override
    Object external(Object internal) {
      return internal;
    }

    @Override
    Object internal(Object external, String field) {
      if (external instanceof CharSequence
          || external instanceof Character
          || external instanceof UUID) {
        return external.toString();
      }
      if (external instanceof Enum<?> constant) {
        return constant.name();
      }
      throw unfit(external, field);
    }

    @Override
    String expected() {
      return "String";
    }
  }

  static final class OfBytes extends ExternalForm {
    OfBytes() {
      super(DataType.BYTES);
    }

    @Override
    Object external(Object internal) {
      return ((Bytes) internal).toArray();
    }

    @Override
    Object internal(Object external, String field) {
      if (external instanceof byte[] array) {
        return Bytes.copyOf(array);
      }
      if (external instanceof ByteBuffer buffer) {
        byte[] content = new byte[buffer.remaining()];
        buffer.duplicate().get(content);
        return Bytes.wrap(content);
      }
      if (external instanceof Bytes) {
        return external;
      }
      throw unfit(external, field);
    }

    @Override
    String expected() {
      return "byte[]";
    }
  }

  static final class OfBoolean extends ExternalForm {
    OfBoolean() {
      super(DataType.BOOLEAN);
    }

    @Override
    Object external(Object internal) {
      return internal;
    }

    @Override
    Object internal(Object external, String field) {
      if (external instanceof Boolean) {
        return external;
      }
      throw unfit(external, field);
    }

    @Override
    String expected() {
      return "Boolean";
    }
  }
}
