package io.millrace.state.codec;

import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.types.Layout;
import io.millrace.spi.types.Schema;
import java.io.IOException;

/**
 * Writes and reads the values of single rows, each exactly as it is: a bit for each column that
 * says whether it is NULL, then the values of the others. Used by one thread at a time.
 */
public final class RowCodec {
  private final Layout[] layouts;
  private final ValueCodec[] codecs;

  private RowCodec(Layout[] layouts, ValueCodec[] codecs) {
    this.layouts = layouts;
    this.codecs = codecs;
  }

  public static RowCodec of(Schema schema) {
    Layout[] layouts = new Layout[schema.size()];
    ValueCodec[] codecs = new ValueCodec[schema.size()];
    for (int i = 0; i < codecs.length; i++) {
      layouts[i] = schema.type(i).layout();
      codecs[i] = ValueCodecs.of(schema.type(i));
    }
    return new RowCodec(layouts, codecs);
  }

  /** Writes a row of columns. */
  public void write(Column[] columns, int row, StateWriter out) throws IOException {
    for (int first = 0; first < codecs.length; first += Byte.SIZE) {
      int nulls = 0;
      for (int i = first; i < Math.min(codecs.length, first + Byte.SIZE); i++) {
        nulls |= columns[i].isNull(row) ? 1 << (i - first) : 0;
      }
      out.writeByte(nulls);
    }
    for (int i = 0; i < codecs.length; i++) {
      if (!columns[i].isNull(row)) {
        writeValue(i, columns[i], row, out);
      }
    }
  }

  private void writeValue(int index, Column column, int row, StateWriter out) throws IOException {
    switch (layouts[index]) {
      case BOOLEAN -> out.writeByte(((BooleanColumn) column).values()[row] ? 1 : 0);
      case LONG -> out.writeSigned(((LongColumn) column).values()[row]);
      case DOUBLE ->
          out.writeLong(Double.doubleToRawLongBits(((DoubleColumn) column).values()[row]));
      case OBJECT -> {
        Object value = ((ObjectColumn) column).values()[row];
        if (value == null) {
          throw new IllegalStateException("no value and not NULL");
        }
        codecs[index].write(value, out);
      }
    }
  }

  /** Reads what {@link #write} wrote into the row that a writer has begun. */
  public void read(StateReader in, RowWriter writer) throws IOException {
    byte[] nulls = new byte[(codecs.length + Byte.SIZE - 1) / Byte.SIZE];
    for (int i = 0; i < nulls.length; i++) {
      nulls[i] = (byte) in.readByte();
    }
    for (int i = 0; i < codecs.length; i++) {
      if ((nulls[i / Byte.SIZE] >> (i % Byte.SIZE) & 1) == 0) {
        readValue(i, in, writer);
      }
    }
  }

  private void readValue(int index, StateReader in, RowWriter writer) throws IOException {
    switch (layouts[index]) {
      case BOOLEAN -> writer.setBoolean(index, in.readByte() != 0);
      case LONG -> writer.setLong(index, in.readSigned());
      case DOUBLE -> writer.setDouble(index, Double.longBitsToDouble(in.readLong()));
      case OBJECT -> writer.setObject(index, codecs[index].read(in));
    }
  }
}
