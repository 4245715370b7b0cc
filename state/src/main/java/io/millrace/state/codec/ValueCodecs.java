package io.millrace.state.codec;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codec of each SQL type. */
final class ValueCodecs implements DataTypeVisitor<ValueCodec> {
  private static final ValueCodecs INSTANCE = new ValueCodecs();

  private ValueCodecs() {}

  static ValueCodec of(DataType type) {
    return type.accept(INSTANCE);
  }

  @Override
  public ValueCodec visitSimple(DataType.Simple type) {
    return switch (type) {
      case BOOLEAN -> new BooleanCodec();
      case INT, BIGINT, TIMESTAMP, DATE, TIME, INTERVAL -> new LongCodec();
      case DOUBLE -> new DoubleCodec();
      case STRING -> new StringCodec();
      case BYTES -> new BytesCodec();
      case NULL -> new NoValueCodec();
    };
  }

  @Override
  public ValueCodec visitDecimal(DataType.Decimal type) {
    return new DecimalCodec();
  }

  @Override
  public ValueCodec visitArray(DataType.Array type) {
    return new ListCodec(of(type.element()));
  }

  @Override
  public ValueCodec visitMap(DataType.MapOf type) {
    return new MapCodec(of(type.key()), of(type.value()));
  }

  @Override
  public ValueCodec visitStruct(DataType.StructOf type) {
    List<ValueCodec> codecs = new ArrayList<>();
    for (Field field : type.fields()) {
      codecs.add(of(field.type()));
    }
    return new StructCodec(codecs);
  }

  private record BooleanCodec() implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      out.writeByte((Boolean) value ? 1 : 0);
    }

    @Override
    public Object read(StateReader in) throws IOException {
      return in.readByte() != 0;
    }
  }

  private record LongCodec() implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      out.writeSigned((Long) value);
    }

    @Override
    public Object read(StateReader in) throws IOException {
      return in.readSigned();
    }
  }

  private record DoubleCodec() implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      out.writeLong(Double.doubleToRawLongBits((Double) value));
    }

    @Override
    public void writeKey(Object value, StateWriter out) throws IOException {
      out.writeLong(Double.doubleToLongBits((Double) value));
    }

    @Override
    public Object read(StateReader in) throws IOException {
      return Double.longBitsToDouble(in.readLong());
    }
  }

  private record StringCodec() implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      out.writeString((String) value);
    }

    @Override
    public Object read(StateReader in) throws IOException {
      return in.readString();
    }

    @Override
    public void writeNullable(@Nullable Object value, StateWriter out) throws IOException {
      if (value == null) {
        out.writeNullString();
      } else {
        out.writeString((String) value);
      }
    }

    @Override
    public void writeNullableKey(@Nullable Object value, StateWriter out) throws IOException {
      writeNullable(value, out);
    }

    @Override
    public @Nullable Object readNullable(StateReader in) throws IOException {
      return in.readNullableString();
    }
  }

  private record BytesCodec() implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      byte[] content = ((Bytes) value).unsafeArray();
      out.writeBytes(content, content.length);
    }

    @Override
    public Object read(StateReader in) throws IOException {
      return Bytes.wrap(in.readBytes());
    }
  }

  /** For the type of the literal NULL, which has no other value. */
  private record NoValueCodec() implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) {
      throw new IllegalStateException("a value of type NULL: " + value);
    }

    @Override
    public Object read(StateReader in) {
      throw StateReader.damaged();
    }
  }

  private record DecimalCodec() implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      BigDecimal decimal = (BigDecimal) value;
      byte[] unscaled = decimal.unscaledValue().toByteArray();
      out.writeSigned(decimal.scale());
      out.writeBytes(unscaled, unscaled.length);
    }

    @Override
    public Object read(StateReader in) throws IOException {
      int scale = (int) in.readSigned();
      byte[] unscaled = in.readBytes();
      if (unscaled.length == 0) {
        throw StateReader.damaged();
      }
      return new BigDecimal(new BigInteger(unscaled), scale);
    }
  }

  private record ListCodec(ValueCodec element) implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      List<?> list = (List<?>) value;
      out.writeUnsigned(list.size());
      for (Object item : list) {
        element.writeNullable(item, out);
      }
    }

    @Override
    public void writeKey(Object value, StateWriter out) throws IOException {
      List<?> list = (List<?>) value;
      out.writeUnsigned(list.size());
      for (Object item : list) {
        element.writeNullableKey(item, out);
      }
    }

    @Override
    public Object read(StateReader in) throws IOException {
      int size = in.readInt();
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(element.readNullable(in));
      }
      return Collections.unmodifiableList(list);
    }
  }

  private record MapCodec(ValueCodec key, ValueCodec element) implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      Map<?, ?> map = (Map<?, ?>) value;
      out.writeUnsigned(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        key.writeNullable(entry.getKey(), out);
        element.writeNullable(entry.getValue(), out);
      }
    }

    /** Maps are equal whatever the order of their entries, so these are put in that of bytes. */
    @Override
    public void writeKey(Object value, StateWriter out) throws IOException {
      List<byte[]> entries = new ArrayList<>();
      StateWriter cell = StateWriter.ofCells();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        cell.begin();
        key.writeNullableKey(entry.getKey(), cell);
        element.writeNullableKey(entry.getValue(), cell);
        entries.add(Arrays.copyOf(cell.bytes(), cell.size()));
      }
      entries.sort(Arrays::compare);
      for (byte[] entry : entries) {
        out.writeBytes(entry, entry.length);
      }
    }

    @Override
    public Object read(StateReader in) throws IOException {
      int size = in.readInt();
      Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        Object name = key.readNullable(in);
        map.put(name, element.readNullable(in));
      }
      return Collections.unmodifiableMap(map);
    }
  }

  private record StructCodec(List<ValueCodec> fields) implements ValueCodec {
    @Override
    public void write(Object value, StateWriter out) throws IOException {
      Struct struct = (Struct) value;
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).writeNullable(struct.get(i), out);
      }
    }

    @Override
    public void writeKey(Object value, StateWriter out) throws IOException {
      Struct struct = (Struct) value;
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).writeNullableKey(struct.get(i), out);
      }
    }

    @Override
    public Object read(StateReader in) throws IOException {
      @Nullable Object[] values = new @Nullable Object[fields.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = fields.get(i).readNullable(in);
      }
      return Struct.of(values);
    }
  }
}
