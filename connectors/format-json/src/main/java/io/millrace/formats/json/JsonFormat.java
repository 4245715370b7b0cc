package io.millrace.formats.json;

import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import java.util.List;

/** Each record is a JSON object whose fields are the columns. */
public final class JsonFormat implements Format {
  static final String TIMESTAMP_OPTION = "json.timestamp";

  @Override
  public String name() {
    return "json";
  }

  @Override
  public String description() {
    return "A JSON object per record; in files one per line.";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.choice(
            TIMESTAMP_OPTION,
            "iso",
            List.of("iso", "millis"),
            "How a TIMESTAMP is written: ISO-8601 text, or milliseconds since the epoch; both are"
                + " read."));
  }

  @Override
  public Decoder decoder(StreamDefinition stream) {
    return new JsonDecoder(stream.schema());
  }

  @Override
  public Encoder encoder(StreamDefinition stream, boolean showsRowKind) {
    return new JsonEncoder(stream, showsRowKind);
  }
}
