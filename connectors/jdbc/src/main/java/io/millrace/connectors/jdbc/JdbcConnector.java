package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.CheckedOptions;
import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.connector.StagedSinkConnector;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.Options;
import io.millrace.spi.types.Field;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tables of databases as streams and tables. */
public final class JdbcConnector implements SourceConnector, StagedSinkConnector, CheckedOptions {
  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public String description() {
    return "Reads tables and queries of databases once; inserts, upserts and deletes rows.";
  }

  @Override
  public FormatUse formatUse() {
    return FormatUse.NONE;
  }

  @Override
  public List<OptionSpec> options() {
    return JdbcOptions.specs();
  }

  @Override
  public void check(Options options, boolean isSink) {
    JdbcOptions.check(options, isSink);
  }

  @Override
  public boolean isBounded(StreamDefinition stream) {
    return true;
  }

  @Override
  public List<Field> metadata() {
    return List.of();
  }

  @Override
  public Source open(StreamDefinition stream, SourceContext context) {
    JdbcOptions.OfSource options = JdbcOptions.ofSource(stream.options());
    Database database = new Database(JdbcOptions.access(stream.options()));
    return opened(
        database,
        () ->
            new JdbcSource(
                stream,
                database,
                database.transact(
                    "read '" + stream.name() + "'",
                    connection -> Selection.open(connection, stream, options, database.name()))));
  }

  @Override
  public Sink open(StreamDefinition stream, SinkContext context) {
    JdbcOptions.OfSink options = JdbcOptions.ofSink(stream);
    Database database = new Database(JdbcOptions.access(stream.options()));
    return opened(
        database,
        () -> new JdbcSink(stream, options, database, writer(stream, options, context, database)));
  }

  @Override
  public StagedSink openStaged(
      StreamDefinition stream, SinkContext context, @Nullable StagedOutput resumed) {
    JdbcOptions.OfSink options = JdbcOptions.ofSink(stream);
    Database database = new Database(JdbcOptions.access(stream.options()));
    return opened(
        database,
        () ->
            new StagedJdbcSink(
                stream,
                options,
                context,
                database,
                writer(stream, options, context, database),
                resumed));
  }

  private static TableWriter writer(
      StreamDefinition stream, JdbcOptions.OfSink options, SinkContext context, Database database) {
    return database.transact(
        "write '" + stream.name() + "'",
        connection ->
            TableWriter.open(connection, stream, options, database.name(), context.showsRowKind()));
  }

  /** What cannot be opened leaves no connection behind. */
  private static <T> T opened(Database database, Supplier<T> opening) {
    try {
      return opening.get();
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }
}
