package io.millrace.connectors.kafka;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.option.OptionSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The simplest format that a test can read: STRING columns between bars, where {@code ~} is NULL
 * and columns may be missing at the end; {@code !} cannot be decoded.
 */
final class BarFormat implements Format {

  @Override
  public String name() {
    return "bar";
  }

  @Override
  public String description() {
    return "Columns between bars.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of();
  }

  @Override
  public Decoder decoder(StreamDefinition stream) {
    return new Decoder() {
      @Override
      public void decode(byte[] bytes, int offset, int length, RowWriter writer) {
        writer.beginRow();
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (text.equals("!")) {
          throw new DecodeException("an exclamation mark");
        }
        String[] parts = text.split("\\|");
        for (int i = 0; i < parts.length; i++) {
          if (parts[i].equals("~")) {
            writer.setNull(i);
          } else {
            writer.setObject(i, parts[i]);
          }
        }
        writer.endRow();
      }

      @Override
      public Framing framing() {
        return Framing.LINES;
      }

      @Override
      public int headerRecords() {
        return 0;
      }

      @Override
      public void reset() {
        // No record depends on another.
      }
    };
  }

  @Override
  public Encoder encoder(StreamDefinition stream, boolean showsRowKind) {
    return new Encoder() {
      @Override
      public Framing framing() {
        return Framing.LINES;
      }

      @Override
      public byte[] header() {
        return new byte[0];
      }

      @Override
      public void encode(Batch batch, int row, ByteOutput out) {
        List<String> parts = new ArrayList<>();
        RowKind kind = batch.kind(row);
        if (showsRowKind || kind == RowKind.DELETE) {
          parts.add(kind.symbol());
        }
        for (int i = 0; i < batch.schema().size(); i++) {
          Object value = batch.column(i).get(row);
          parts.add(value == null ? "~" : value.toString());
        }
        out.write(String.join("|", parts).getBytes(StandardCharsets.UTF_8));
      }
    };
  }
}
