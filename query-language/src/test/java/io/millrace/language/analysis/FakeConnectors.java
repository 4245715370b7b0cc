package io.millrace.language.analysis;

import io.millrace.spi.connector.CheckedOptions;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.Options;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.util.List;

/** Connectors and a format that are only looked at. */
final class FakeConnectors {
  private FakeConnectors() {}

  static List<Connector> all() {
    return List.of(new Kafka(), new Generator(), new Console());
  }

  static List<Format> formats() {
    return List.of(new Json());
  }

  private static IllegalStateException notOpened() {
    return new IllegalStateException("analysis opens nothing");
  }

  private static final class Kafka implements SourceConnector, SinkConnector, CheckedOptions {
    @Override
    public void check(Options options, boolean isSink) {
      if (isSink && options.isGiven("start")) {
        throw new OptionException("start", "option 'start' is for sources only");
      }
    }

    @Override
    public String name() {
      return "kafka";
    }

    @Override
    public String description() {
      return "Topics.";
    }

    @Override
    public FormatUse formatUse() {
      return FormatUse.REQUIRED;
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(
          OptionSpec.required("topic", OptionType.STRING, "the topic"),
          OptionSpec.optional("partitions", OptionType.INTEGER, null, "how many"),
          OptionSpec.choice("start", "earliest", List.of("earliest", "latest"), "where"),
          OptionSpec.optional("kafka.*", OptionType.STRING, null, "for the client"));
    }

    @Override
    public Source open(StreamDefinition stream, SourceContext context) {
      throw notOpened();
    }

    @Override
    public Sink open(StreamDefinition stream, SinkContext context) {
      throw notOpened();
    }

    @Override
    public boolean isBounded(StreamDefinition stream) {
      return false;
    }

    @Override
    public List<Field> metadata() {
      return List.of(new Field("ROWKEY", DataType.STRING), new Field("ROWOFFSET", DataType.BIGINT));
    }
  }

  private static final class Generator implements SourceConnector {
    @Override
    public String name() {
      return "generator";
    }

    @Override
    public String description() {
      return "Random rows.";
    }

    @Override
    public FormatUse formatUse() {
      return FormatUse.NONE;
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(OptionSpec.optional("every", OptionType.DURATION, "1 s", "how often"));
    }

    @Override
    public Source open(StreamDefinition stream, SourceContext context) {
      throw notOpened();
    }

    @Override
    public boolean isBounded(StreamDefinition stream) {
      return false;
    }

    @Override
    public List<Field> metadata() {
      return List.of();
    }
  }

  private static final class Console implements SinkConnector {
    @Override
    public String name() {
      return "console";
    }

    @Override
    public String description() {
      return "The screen.";
    }

    @Override
    public FormatUse formatUse() {
      return FormatUse.OPTIONAL;
    }

    @Override
    public List<OptionSpec> options() {
      return List.of();
    }

    @Override
    public Sink open(StreamDefinition stream, SinkContext context) {
      throw notOpened();
    }
  }

  private static final class Json implements Format {
    @Override
    public String name() {
      return "json";
    }

    @Override
    public String description() {
      return "Objects.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of(OptionSpec.choice("json.timestamp", "iso", List.of("iso", "millis"), "how"));
    }

    @Override
    public Decoder decoder(StreamDefinition stream) {
      throw notOpened();
    }

    @Override
    public Encoder encoder(StreamDefinition stream, boolean showsRowKind) {
      throw notOpened();
    }
  }
}
