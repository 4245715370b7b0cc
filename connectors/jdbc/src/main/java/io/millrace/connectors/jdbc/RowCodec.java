package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as bytes: the kind, then for each column whether it has a value, and the value. Used by one
 * thread.
 */
final class RowCodec {
  private final Schema schema;
  private final List<Integer> keys;
  private final ByteOutput bytes = new ByteOutput(1 << 12);
  private final DataOutputStream out = new DataOutputStream(bytes);

  /**
   * @param keys the columns that a deletion has
   */
  RowCodec(Schema schema, List<Integer> keys) {
    this.schema = schema;
    this.keys = keys;
  }

  /** A row, as boxed internal values. */
  record Row(RowKind kind, @Nullable Object[] values) {}

  /** The bytes of the rows since {@link #clear}. */
  byte[] toBytes() {
    return bytes.toByteArray();
  }

  int size() {
    return bytes.size();
  }

  void clear() {
    bytes.clear();
  }

  void write(Batch batch, int row) {
    try {
      RowKind kind = batch.kind(row);
      out.writeByte(kind.code());
      for (int i = 0; i < schema.size(); i++) {
        Column column = batch.column(i);
        boolean hasValue = !column.isNull(row) && (kind != RowKind.DELETE || keys.contains(i));
        out.writeBoolean(hasValue);
        if (hasValue) {
          write(schema.type(i), column.get(row));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(DataType type, @Nullable Object value) throws IOException {
    switch (type.layout()) {
      case BOOLEAN -> out.writeBoolean(value == Boolean.TRUE);
      case LONG -> out.writeLong(value instanceof Long number ? number : 0);
      case DOUBLE -> out.writeDouble(value instanceof Double number ? number : 0);
      case OBJECT -> {
        byte[] content = content(value);
        out.writeInt(content.length);
        out.write(content);
      }
    }
  }

  private static byte[] content(@Nullable Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue().toByteArray();
    }
    if (value instanceof Bytes content) {
      return content.unsafeArray();
    }
    throw new IllegalStateException("no column of a database holds " + value);
  }

  Row read(DataInputStream in) throws IOException {
    RowKind kind = RowKind.of(in.readByte());
    @Nullable Object[] values = new @Nullable Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      if (in.readBoolean()) {
        values[i] = read(schema.type(i), in);
      }
    }
    return new Row(kind, values);
  }

  private static Object read(DataType type, DataInputStream in) throws IOException {
    return switch (type.layout()) {
      case BOOLEAN -> in.readBoolean();
      case LONG -> in.readLong();
      case DOUBLE -> in.readDouble();
      case OBJECT -> object(type, in.readNBytes(in.readInt()));
    };
  }

  private static Object object(DataType type, byte[] content) {
    if (type instanceof DataType.Decimal decimal) {
      return new BigDecimal(new BigInteger(content), decimal.scale());
    }
    return type == DataType.BYTES
        ? Bytes.wrap(content)
        : new String(content, StandardCharsets.UTF_8);
  }
}
