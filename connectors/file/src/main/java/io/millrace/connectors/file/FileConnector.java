package io.millrace.connectors.file;

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
import org.jspecify.annotations.Nullable;

/** Files as streams and tables. */
public final class FileConnector implements SourceConnector, StagedSinkConnector, CheckedOptions {
  @Override
  public String name() {
    return "file";
  }

  @Override
  public String description() {
    return "Reads files, folders and globs, once or following them; writes one file or one per"
        + " value.";
  }

  @Override
  public FormatUse formatUse() {
    return FormatUse.REQUIRED;
  }

  @Override
  public List<OptionSpec> options() {
    return FileOptions.specs();
  }

  @Override
  public void check(Options options, boolean isSink) {
    if (isSink) {
      FileOptions.ofSink(options, false);
    } else {
      FileOptions.ofSource(options);
    }
  }

  @Override
  public boolean isBounded(StreamDefinition stream) {
    return !FileOptions.follows(stream.options());
  }

  @Override
  public List<Field> metadata() {
    return List.of();
  }

  @Override
  public Source open(StreamDefinition stream, SourceContext context) {
    return new FileSource(FileOptions.ofSource(stream.options()), context.decoder());
  }

  @Override
  public Sink open(StreamDefinition stream, SinkContext context) {
    FileOptions.OfSink options = FileOptions.ofSink(stream.options(), context.resumes());
    return new FileSink(
        PathTemplate.parse(options.path(), stream.schema()),
        new OutputFiles(options, context.encoder(), context.clock(), Trail.NONE));
  }

  @Override
  public StagedSink openStaged(
      StreamDefinition stream, SinkContext context, @Nullable StagedOutput resumed) {
    FileOptions.OfSink options = FileOptions.ofSink(stream.options(), false);
    PathTemplate template = PathTemplate.parse(options.path(), stream.schema());
    return new StagedFileSink(
        template,
        trail -> new OutputFiles(options, context.encoder(), context.clock(), trail),
        new UndoLog(template.folder(), context.job(), stream.name()),
        resumed);
  }
}
