package io.millrace.formats.raw;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.text.Utf8;
import io.millrace.spi.types.DataType;

/** Writes a value as it is; NULL as nothing. */
final class RawEncoder implements Encoder {
  private final int column;
  private final boolean isText;
  private final Framing framing;

  RawEncoder(int column, DataType type, Framing framing) {
    this.column = column;
    this.isText = type == DataType.STRING;
    this.framing = framing;
  }

  @Override
  public Framing framing() {
    return framing;
  }

  @Override
  public byte[] header() {
    return new byte[0];
  }

  @Override
  public void encode(Batch batch, int row, ByteOutput out) {
    if (batch.kind(row) == RowKind.DELETE) {
      throw new MillraceException("format 'raw' cannot write a deletion; use format = 'json'");
    }
    Object value = ((ObjectColumn) batch.column(column)).values()[row];
    if (value == null) {
      return;
    }
    if (isText) {
      Utf8.write((String) value, out);
    } else {
      out.write(((Bytes) value).unsafeArray());
    }
  }
}
