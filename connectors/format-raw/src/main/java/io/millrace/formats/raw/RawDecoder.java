package io.millrace.formats.raw;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.text.Utf8;
import io.millrace.spi.types.DataType;

/** Makes a row of every record, empty ones included. */
final class RawDecoder implements Decoder {
  private final int column;
  private final boolean isText;
  private final Framing framing;

  RawDecoder(int column, DataType type, Framing framing) {
    this.column = column;
    this.isText = type == DataType.STRING;
    this.framing = framing;
  }

  @Override
  public Framing framing() {
    return framing;
  }

  @Override
  public int headerRecords() {
    return 0;
  }

  @Override
  public void reset() {
    // Nothing is kept from record to record.
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RowWriter writer) {
    Object value;
    if (isText) {
      int invalid = Utf8.findInvalid(bytes, offset, length);
      if (invalid >= 0) {
        throw new DecodeException("not valid UTF-8 at byte " + invalid);
      }
      value = new String(bytes, offset, length, UTF_8);
    } else {
      value = Bytes.copyOf(bytes, offset, offset + length);
    }
    writer.beginRow();
    writer.setObject(column, value);
    writer.endRow();
  }
}
