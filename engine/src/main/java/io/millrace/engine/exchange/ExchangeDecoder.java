package io.millrace.engine.exchange;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.ExchangeRowWriter;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.Schema;
import io.millrace.state.codec.RowCodec;
import io.millrace.state.codec.StateReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads the records that an {@link ExchangeOutlet} has sent. Its writer is an {@link
 * ExchangeRowWriter}.
 */
public final class ExchangeDecoder implements Decoder {
  private final int fingerprint;
  private final RowCodec codec;
  private final StateReader in = StateReader.ofCells();

  /**
   * @param schema the columns of the rows
   */
  public ExchangeDecoder(Schema schema) {
    this.fingerprint = RecordForm.fingerprint(schema);
    this.codec = RowCodec.of(schema);
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RowWriter writer) {
    in.begin(bytes, offset, offset + length);
    try {
      decode((ExchangeRowWriter) writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cells are in memory
    } catch (MillraceException e) {
      throw new DecodeException("its bytes make no sense");
    }
  }

  private void decode(ExchangeRowWriter writer) throws IOException {
    int form = in.readByte();
    if (form == RecordForm.WATERMARK || form == RecordForm.IDLE) {
      writer.advance(in.readSigned(), form == RecordForm.IDLE);
      return;
    }
    int kind = form - RecordForm.ROW;
    if (kind < 0 || kind >= RowKind.values().length) {
      throw new DecodeException("it is of another version of Millrace");
    }
    int columns = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      columns = (columns << 8) | (in.readByte() & 0xFF);
    }
    if (columns != fingerprint) {
      throw new DecodeException(
          "its row has other columns than those that are exchanged now: it was sent by another"
              + " script");
    }
    long rowtime = in.readSigned();
    long watermark = rowtime - in.readSigned();
    long lateness = watermark + in.readSigned();
    int lane = in.readInt();
    writer.beginRow();
    codec.read(in, writer);
    writer.endRow(RowKind.of((byte) kind), rowtime, watermark, lateness, lane);
  }

  @Override
  public Framing framing() {
    return Framing.WHOLE;
  }

  @Override
  public int headerRecords() {
    return 0;
  }

  @Override
  public void reset() {}
}
