package io.millrace.operators.aggregate;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads boxed internal values of one type, as objects of aggregates hold them. */
abstract class StoredValues {
  private static final DataTypeVisitor<StoredValues> BY_TYPE = new ByType();

  static StoredValues of(DataType type) {
    return type.accept(BY_TYPE);
  }

  abstract void write(Object value, DataOutput out) throws IOException;

  abstract Object read(DataInput in) throws IOException;

  /** Writes a value, or null for NULL. */
  final void writeNullable(@Nullable Object value, DataOutput out) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      write(value, out);
    }
  }

  final @Nullable Object readNullable(DataInput in) throws IOException {
    return in.readBoolean() ? read(in) : null;
  }

  private static void writeBytes(byte[] content, DataOutput out) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    byte[] content = new byte[in.readInt()];
    in.readFully(content);
    return content;
  }

  private static final class ByType implements DataTypeVisitor<StoredValues> {
    @Override
    public StoredValues visitSimple(DataType.Simple type) {
      return switch (type) {
        case BOOLEAN -> new Booleans();
        case INT, BIGINT, TIMESTAMP, DATE, TIME, INTERVAL -> new Longs();
        case DOUBLE -> new Doubles();
        case STRING -> new Texts();
        case BYTES -> new ByteStrings();
        case NULL -> throw new IllegalArgumentException("the type NULL has no values");
      };
    }

    @Override
    public StoredValues visitDecimal(DataType.Decimal type) {
      return new Decimals();
    }

    @Override
    public StoredValues visitArray(DataType.Array type) {
      return new Lists(of(type.element()));
    }

    @Override
    public StoredValues visitMap(DataType.MapOf type) {
      return new Maps(of(type.key()), of(type.value()));
    }

    @Override
    public StoredValues visitStruct(DataType.StructOf type) {
      return new Structs(type.fields().stream().map(Field::type).map(StoredValues::of).toList());
    }
  }

  private static final class Booleans extends StoredValues {
    @Override
    void write(Object value, DataOutput out) throws IOException {
      out.writeBoolean((Boolean) value);
    }

    @Override
    Object read(DataInput in) throws IOException {
      return in.readBoolean();
    }
  }

  private static final class Longs extends StoredValues {
    @Override
    void write(Object value, DataOutput out) throws IOException {
      out.writeLong((Long) value);
    }

    @Override
    Object read(DataInput in) throws IOException {
      return in.readLong();
    }
  }

  private static final class Doubles extends StoredValues {
    @Override
    void write(Object value, DataOutput out) throws IOException {
      out.writeDouble((Double) value);
    }

    @Override
    Object read(DataInput in) throws IOException {
      return in.readDouble();
    }
  }

  /** Char by char: no charset has halves of surrogate pairs. */
  private static final class Texts extends StoredValues {
    @Override
    void write(Object value, DataOutput out) throws IOException {
      out.writeInt(((String) value).length());
      out.writeChars((String) value);
    }

    @Override
    Object read(DataInput in) throws IOException {
      char[] chars = new char[in.readInt()];
      for (int i = 0; i < chars.length; i++) {
        chars[i] = in.readChar();
      }
      return new String(chars);
    }
  }

  private static final class ByteStrings extends StoredValues {
    @Override
    void write(Object value, DataOutput out) throws IOException {
      writeBytes(((Bytes) value).unsafeArray(), out);
    }

    @Override
    Object read(DataInput in) throws IOException {
      return Bytes.wrap(readBytes(in));
    }
  }

  private static final class Decimals extends StoredValues {
    @Override
    void write(Object value, DataOutput out) throws IOException {
      BigDecimal decimal = (BigDecimal) value;
      out.writeInt(decimal.scale());
      writeBytes(decimal.unscaledValue().toByteArray(), out);
    }

    @Override
    Object read(DataInput in) throws IOException {
      int scale = in.readInt();
      return new BigDecimal(new BigInteger(readBytes(in)), scale);
    }
  }

  private static final class Lists extends StoredValues {
    private final StoredValues elements;

    Lists(StoredValues elements) {
      this.elements = elements;
    }

    @Override
    void write(Object value, DataOutput out) throws IOException {
      List<?> list = (List<?>) value;
      out.writeInt(list.size());
      for (Object element : list) {
        elements.writeNullable(element, out);
      }
    }

    @Override
    Object read(DataInput in) throws IOException {
      int size = in.readInt();
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(elements.readNullable(in));
      }
      return Collections.unmodifiableList(list);
    }
  }

  private static final class Maps extends StoredValues {
    private final StoredValues keys;
    private final StoredValues values;

    Maps(StoredValues keys, StoredValues values) {
      this.keys = keys;
      this.values = values;
    }

    @Override
    void write(Object value, DataOutput out) throws IOException {
      Map<?, ?> map = (Map<?, ?>) value;
      out.writeInt(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        keys.writeNullable(entry.getKey(), out);
        values.writeNullable(entry.getValue(), out);
      }
    }

    @Override
    Object read(DataInput in) throws IOException {
      int size = in.readInt();
      Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        Object key = keys.readNullable(in);
        map.put(key, values.readNullable(in));
      }
      return Collections.unmodifiableMap(map);
    }
  }

  private static final class Structs extends StoredValues {
    private final List<StoredValues> fields;

    Structs(List<StoredValues> fields) {
      this.fields = fields;
    }

    @Override
    void write(Object value, DataOutput out) throws IOException {
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).writeNullable(((Struct) value).get(i), out);
      }
    }

    @Override
    Object read(DataInput in) throws IOException {
      @Nullable Object[] values = new @Nullable Object[fields.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = fields.get(i).readNullable(in);
      }
      return Struct.of(values);
    }
  }
}
