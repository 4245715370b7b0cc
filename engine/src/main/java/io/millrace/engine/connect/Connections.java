package io.millrace.engine.connect;

import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.connector.CommitAuthority;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Exchange;
import io.millrace.spi.connector.ExchangeConnector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.SequencedSink;
import io.millrace.spi.connector.SequencedSinkConnector;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.connector.StagedSinkConnector;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.connector.TransactionContext;
import io.millrace.spi.connector.TransactionalSinkConnector;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.Options;
import io.millrace.spi.time.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens the sources and sinks of one job. */
public final class Connections {
  private final Plugins plugins;
  private final String job;
  private final Optional<JobPart> part;
  private final Clock clock;
  private final @Nullable PrintStream console;

  /**
   * @param job the job's name
   * @param console where rows for people go; null for standard output
   */
  public Connections(Plugins plugins, String job, Clock clock, @Nullable PrintStream console) {
    this(plugins, job, Optional.empty(), clock, console);
  }

  private Connections(
      Plugins plugins,
      String job,
      Optional<JobPart> part,
      Clock clock,
      @Nullable PrintStream console) {
    this.plugins = plugins;
    this.job = job;
    this.part = part;
    this.clock = clock;
    this.console = console;
  }

  /** Those of one part of the job. */
  public Connections ofPart(JobPart one) {
    return new Connections(plugins, job, Optional.of(one), clock, console);
  }

  /** Whether they are those of one part of the job. */
  public boolean isOfPart() {
    return part.isPresent();
  }

  /** The part whose they are; empty if they are those of a whole job. */
  public Optional<JobPart> part() {
    return part;
  }

  /** The stream as its connector sees it. */
  public StreamDefinition definition(StreamDeclaration stream) {
    return new StreamDefinition(
        stream.name(), stream.schema(), stream.keyColumns(), stream.isTable(), options(stream));
  }

  /** The connector of a stream that has one. */
  public Connector connector(StreamDeclaration stream) {
    return plugins.connector(connectorOf(stream));
  }

  public SourceConnector sourceConnector(StreamDeclaration stream) {
    Connector connector = connector(stream);
    if (connector instanceof SourceConnector source) {
      return source;
    }
    throw new MillraceException(
        "connector '" + connector.name() + "' of '" + stream.name() + "' cannot be read from");
  }

  public Source openSource(StreamDeclaration stream) {
    StreamDefinition definition = definition(stream);
    return sourceConnector(stream).open(definition, new Sources(definition));
  }

  /**
   * Opens what a part is given at an exchange; of a connector that has such.
   *
   * @param peer a stream on the same system
   * @param decoder reads the records
   */
  public Source openExchange(Exchange exchange, StreamDeclaration peer, Decoder decoder) {
    return ((ExchangeConnector) connector(peer))
        .openExchange(exchange, new Exchanges(exchange, decoder));
  }

  public Sink openSink(StreamDeclaration stream) {
    Connector connector = plugins.connector(connectorOf(stream));
    return openSink(connector, definition(stream), stream.showsRetractions());
  }

  /** A sink that can number its rows; of a connector that has such. */
  public SequencedSink openSequenced(StreamDeclaration stream) {
    StreamDefinition definition = definition(stream);
    return ((SequencedSinkConnector) connector(stream))
        .open(definition, new Sinks(definition, stream.showsRetractions()));
  }

  /** A sink that follows the job's snapshots; of a connector that has such. */
  public StagedSink openStaged(StreamDeclaration stream, @Nullable StagedOutput resumed) {
    StreamDefinition definition = definition(stream);
    return ((StagedSinkConnector) connector(stream))
        .openStaged(definition, new Sinks(definition, stream.showsRetractions()), resumed);
  }

  /**
   * The sinks that commit the job's snapshots.
   *
   * @param streams at least one, all of connectors that have transactions, on the same system
   */
  public CommitAuthority openTransactions(
      List<StreamDeclaration> streams, Duration longestTransaction) {
    Map<String, Boolean> showsRowKind = new HashMap<>();
    streams.forEach(stream -> showsRowKind.put(stream.name(), stream.showsRetractions()));
    return ((TransactionalSinkConnector) connector(streams.get(0)))
        .openTransactions(
            streams.stream().map(this::definition).toList(),
            new Transactions(showsRowKind, longestTransaction));
  }

  /** A sink for rows that have none of their own: the console. */
  public Sink openConsole(StreamDefinition stream) {
    return openSink(plugins.connector("console"), stream, stream.isTable());
  }

  /** Whether a stream says what becomes of rows that fail. */
  public boolean saysErrors(StreamDeclaration stream) {
    return ErrorMode.isSaid(options(stream));
  }

  /** The error policy of a stream. */
  public StreamErrors errors(StreamDeclaration stream) {
    Options options = options(stream);
    ErrorMode mode = ErrorMode.of(options);
    DeadLetters letters =
        mode == ErrorMode.DEAD_LETTER
            ? new DeadLetters(openDeadLetters(stream, options), clock)
            : null;
    return new StreamErrors(stream.name(), mode, letters, clock);
  }

  private Sink openDeadLetters(StreamDeclaration stream, Options options) {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("format", "json");
    String connector;
    if (options.isGiven(StreamOptions.DEAD_LETTER_PATH)) {
      connector = "file";
      given.put("path", options.getString(StreamOptions.DEAD_LETTER_PATH));
      given.put("mode", "append");
    } else if (options.isGiven(StreamOptions.DEAD_LETTER_TOPIC)) {
      connector = "kafka";
      stream.options().forEach((key, value) -> copyClientOption(key, value, given));
      given.put("topic", options.getString(StreamOptions.DEAD_LETTER_TOPIC));
    } else {
      throw new MillraceException(
          "'"
              + StreamOptions.ON_ERROR
              + "' of '"
              + stream.name()
              + "' is 'dead-letter', but neither '"
              + StreamOptions.DEAD_LETTER_PATH
              + "' nor '"
              + StreamOptions.DEAD_LETTER_TOPIC
              + "' says where they go");
    }
    Connector opened = plugins.connector(connector);
    Options checked = new Options(specs(opened, plugins.format("json")), given);
    return openSink(
        opened,
        new StreamDefinition(
            stream.name() + " dead letters", DeadLetters.SCHEMA, List.of(), false, checked),
        false);
  }

  private static void copyClientOption(String key, String value, Map<String, String> given) {
    if (key.regionMatches(true, 0, "kafka.", 0, 6) || key.equalsIgnoreCase("bootstrap.servers")) {
      given.put(key, value);
    }
  }

  private Sink openSink(Connector connector, StreamDefinition definition, boolean showsRowKind) {
    if (connector instanceof SinkConnector sink) {
      return sink.open(definition, new Sinks(definition, showsRowKind));
    }
    throw new MillraceException(
        "connector '" + connector.name() + "' of '" + definition.name() + "' cannot be written to");
  }

  private Options options(StreamDeclaration stream) {
    List<OptionSpec> specs = new ArrayList<>(StreamOptions.ofStreams());
    if (stream.connector() != null) {
      String format = stream.options().get("format");
      specs.addAll(
          specs(
              plugins.connector(stream.connector()),
              format == null ? null : plugins.format(format)));
    }
    return new Options(specs, stream.options());
  }

  private static List<OptionSpec> specs(Connector connector, @Nullable Format format) {
    List<OptionSpec> specs = new ArrayList<>(connector.options());
    specs.add(
        OptionSpec.optional("connector", OptionType.STRING, connector.name(), "The connector."));
    specs.add(OptionSpec.optional("format", OptionType.STRING, null, "The format."));
    if (format != null) {
      specs.addAll(format.options());
    }
    return specs;
  }

  private static String connectorOf(StreamDeclaration stream) {
    String connector = stream.connector();
    if (connector == null) {
      throw new IllegalArgumentException("stream '" + stream.name() + "' has no connector");
    }
    return connector;
  }

  private Format formatOf(StreamDefinition definition) {
    return plugins.format(
        definition
            .options()
            .findString("format")
            .orElseThrow(
                () ->
                    new MillraceException(
                        "'"
                            + definition.name()
                            + "' needs a format: format = 'json', for example")));
  }

  /** What the source of an exchange may use. */
  private final class Exchanges extends Sources {
    private final Decoder decoder;

    Exchanges(Exchange exchange, Decoder decoder) {
      super(exchange.peer());
      this.decoder = decoder;
    }

    @Override
    public Decoder decoder() {
      return decoder;
    }
  }

  /** What a source may use. */
  private class Sources implements SourceContext {
    private final StreamDefinition definition;

    Sources(StreamDefinition definition) {
      this.definition = definition;
    }

    @Override
    public String job() {
      return job;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public Decoder decoder() {
      return formatOf(definition).decoder(definition);
    }

    @Override
    public Optional<JobPart> part() {
      return part;
    }
  }

  /** What transactions may use. */
  private final class Transactions implements TransactionContext {
    private final Map<String, Boolean> showsRowKind;
    private final Duration longestTransaction;

    Transactions(Map<String, Boolean> showsRowKind, Duration longestTransaction) {
      this.showsRowKind = showsRowKind;
      this.longestTransaction = longestTransaction;
    }

    @Override
    public String job() {
      return job;
    }

    @Override
    public SinkContext sink(StreamDefinition stream) {
      return new Sinks(stream, showsRowKind.getOrDefault(stream.name(), false));
    }

    @Override
    public Duration longestTransaction() {
      return longestTransaction;
    }

    @Override
    public Optional<JobPart> part() {
      return part;
    }
  }

  /** What a sink may use. */
  private final class Sinks implements SinkContext {
    private final StreamDefinition definition;
    private final boolean showsRowKind;

    Sinks(StreamDefinition definition, boolean showsRowKind) {
      this.definition = definition;
      this.showsRowKind = showsRowKind;
    }

    @Override
    public String job() {
      return job;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public Encoder encoder() {
      return formatOf(definition).encoder(definition, showsRowKind);
    }

    @Override
    public boolean resumes() {
      return false;
    }

    @Override
    public Optional<PrintStream> console() {
      return Optional.ofNullable(console);
    }

    @Override
    public boolean showsRowKind() {
      return showsRowKind;
    }
  }
}
