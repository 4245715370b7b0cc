package io.millrace.formats.raw;

import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.stream.IntStream;

/** Each record is the one column that is no key: a STRING in UTF-8, or BYTES. */
public final class RawFormat implements Format {
  private static final String FRAMING = "raw.framing";

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public String description() {
    return "One STRING or BYTES column that is the whole record.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.choice(
            FRAMING,
            "lines",
            List.of("lines", "whole"),
            "What a record is in a file: a line, or the whole file."));
  }

  @Override
  public Decoder decoder(StreamDefinition stream) {
    int column = column(stream);
    return new RawDecoder(column, stream.schema().type(column), framing(stream));
  }

  @Override
  public Encoder encoder(StreamDefinition stream, boolean showsRowKind) {
    if (showsRowKind) {
      throw new MillraceException(
          "format 'raw' cannot show the kinds of rows; use format = 'json'");
    }
    int column = column(stream);
    return new RawEncoder(column, stream.schema().type(column), framing(stream));
  }

  private static Framing framing(StreamDefinition stream) {
    return stream.options().getChoice(FRAMING).equals("whole") ? Framing.WHOLE : Framing.LINES;
  }

  private static int column(StreamDefinition stream) {
    Schema schema = stream.schema();
    int[] candidates =
        schema.size() == 1
            ? new int[] {0}
            : IntStream.range(0, schema.size())
                .filter(column -> !stream.keyColumns().contains(column))
                .toArray();
    if (candidates.length != 1) {
      throw new MillraceException(
          "format 'raw' takes one column beside the key, but '"
              + stream.name()
              + "' has "
              + candidates.length);
    }
    DataType type = schema.type(candidates[0]);
    if (type != DataType.STRING && type != DataType.BYTES) {
      throw new MillraceException(
          "format 'raw' takes a STRING or BYTES column, but '"
              + schema.name(candidates[0])
              + "' is "
              + type.sql());
    }
    return candidates[0];
  }
}
