package io.millrace.testkit.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.text.Utf8;
import java.util.List;

/**
 * The plainest format, for tests of connectors: a record is the text of the first column, which is
 * a STRING. The record {@code bad} cannot be decoded.
 *
 * @param framing how records are told apart
 * @param header the record with which a file begins, or empty
 */
public record LineFormat(Framing framing, String header) implements Format {

  /** One record per line, without a header. */
  public static LineFormat lines() {
    return new LineFormat(Framing.LINES, "");
  }

  @Override
  public String name() {
    return "line";
  }

  @Override
  public String description() {
    return "Text as it is.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of();
  }

  @Override
  public Decoder decoder(StreamDefinition stream) {
    return new LineDecoder(framing, header);
  }

  @Override
  public Encoder encoder(StreamDefinition stream, boolean showsRowKind) {
    return new LineEncoder(framing, header);
  }

  private static final class LineDecoder implements Decoder {
    private final Framing framing;
    private final String header;
    private boolean expectsHeader;

    LineDecoder(Framing framing, String header) {
      this.framing = framing;
      this.header = header;
    }

    @Override
    public Framing framing() {
      return framing;
    }

    @Override
    public int headerRecords() {
      return header.isEmpty() ? 0 : 1;
    }

    @Override
    public void reset() {
      expectsHeader = !header.isEmpty();
    }

    @Override
    public void decode(byte[] bytes, int offset, int length, RowWriter writer) {
      String text = new String(bytes, offset, length, UTF_8);
      if (expectsHeader) {
        expectsHeader = false;
        if (!text.equals(header)) {
          throw new DecodeException("expected the header '" + header + "', found '" + text + "'");
        }
        return;
      }
      if (text.equals("bad")) {
        throw new DecodeException("a bad record");
      }
      writer.beginRow();
      writer.setObject(0, text);
      writer.endRow();
    }
  }

  private record LineEncoder(Framing framing, String firstLine) implements Encoder {
    @Override
    public byte[] header() {
      return firstLine.isEmpty() ? new byte[0] : (firstLine + "\n").getBytes(UTF_8);
    }

    @Override
    public void encode(Batch batch, int row, ByteOutput out) {
      Utf8.write(String.valueOf(batch.column(0).get(row)), out);
    }
  }
}
