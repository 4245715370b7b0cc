package io.millrace.formats.json;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.Struct;
import io.millrace.spi.text.Utf8;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writers of values that hold values. */
abstract class CollectionWriter extends ValueWriter {
  private CollectionWriter() {}

  static void writeNullable(ValueWriter writer, @Nullable Object value, ByteOutput out) {
    if (value == null) {
      Utf8.write("null", out);
    } else {
      writer.write(value, out);
    }
  }

  static final class OfArray extends CollectionWriter {
    private final ValueWriter element;

    OfArray(ValueWriter element) {
      this.element = element;
    }

    @Override
    void write(Object value, ByteOutput out) {
      int separator = '[';
      for (Object item : (List<?>) value) {
        out.write(separator);
        writeNullable(element, item, out);
        separator = ',';
      }
      if (separator == '[') {
        out.write('[');
      }
      out.write(']');
    }
  }

  static final class OfMap extends CollectionWriter {
    private final ValueWriter key;
    private final ValueWriter element;

    OfMap(ValueWriter key, ValueWriter element) {
      this.key = key;
      this.element = element;
    }

    @Override
    void write(Object value, ByteOutput out) {
      int separator = '{';
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.write(separator);
        key.write(entry.getKey(), out);
        out.write(':');
        writeNullable(element, entry.getValue(), out);
        separator = ',';
      }
      if (separator == '{') {
        out.write('{');
      }
      out.write('}');
    }
  }

  static final class OfStruct extends CollectionWriter {
    private final byte[][] prefixes;
    private final ValueWriter[] writers;

    OfStruct(DataType.StructOf type, ValueWriter[] writers) {
      this.writers = writers;
      this.prefixes = new byte[writers.length][];
      for (int i = 0; i < writers.length; i++) {
        prefixes[i] = prefix(i == 0 ? '{' : ',', type.fields().get(i).name());
      }
    }

    @Override
    void write(Object value, ByteOutput out) {
      Struct struct = (Struct) value;
      for (int i = 0; i < writers.length; i++) {
        out.write(prefixes[i]);
        writeNullable(writers[i], struct.get(i), out);
      }
      out.write('}');
    }
  }

  /** The bytes before a field's value: {@code {"name":} or {@code ,"name":}. */
  static byte[] prefix(char separator, String name) {
    ByteOutput out = new ByteOutput(name.length() + 4);
    out.write(separator);
    JsonStrings.write(name, out);
    out.write(':');
    return out.toByteArray();
  }
}
