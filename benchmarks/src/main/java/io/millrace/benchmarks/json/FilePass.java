package io.millrace.benchmarks.json;

import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.Options;
import io.millrace.spi.time.Clock;
import io.millrace.spi.types.Schema;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies a file of JSON lines through the file connector and the columns of batches. */
final class FilePass {
  private static final int BATCH = 1_024;

  private final SourceConnector sources;
  private final SinkConnector sinks;
  private final Format format;
  private final Schema schema;

  FilePass(SourceConnector sources, SinkConnector sinks, Format format, Schema schema) {
    this.sources = sources;
    this.sinks = sinks;
    this.format = format;
    this.schema = schema;
  }

  /** Copies all events and gives their number. */
  int copy(Path from, Path to) {
    StreamDefinition in = stream(from);
    StreamDefinition out = stream(to);
    ColumnFiller filler = new ColumnFiller(schema, BATCH);
    int rows = 0;
    try (Source source = sources.open(in, new SourceSide(format.decoder(in)));
        Sink sink = sinks.open(out, new SinkSide(format.encoder(out, false)))) {
      PollStatus status = PollStatus.MORE;
      while (status != PollStatus.ENDED) {
        status = source.poll(0, filler, BATCH);
        rows += filler.size();
        sink.write(filler.batch());
        filler.clear();
      }
      sink.flush();
    }
    return rows;
  }

  private StreamDefinition stream(Path path) {
    List<OptionSpec> specs = new ArrayList<>(sources.options());
    specs.addAll(format.options());
    return new StreamDefinition(
        "Trades", schema, List.of(), false, new Options(specs, Map.of("path", path.toString())));
  }

  private record SourceSide(Decoder decoder) implements SourceContext {
    @Override
    public String job() {
      return "benchmark";
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }
  }

  private record SinkSide(Encoder encoder) implements SinkContext {
    @Override
    public String job() {
      return "benchmark";
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }

    @Override
    public boolean resumes() {
      return false;
    }

    @Override
    public boolean showsRowKind() {
      return false;
    }

    @Override
    public Optional<PrintStream> console() {
      return Optional.empty();
    }
  }
}
