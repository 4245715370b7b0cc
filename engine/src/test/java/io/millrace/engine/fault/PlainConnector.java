package io.millrace.engine.fault;

import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.option.OptionSpec;
import java.util.List;

/** Sinks that cannot take rows back, and forget them. */
final class PlainConnector implements SinkConnector {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String description() {
    return "A sink that only takes rows.";
  }

  @Override
  public FormatUse formatUse() {
    return FormatUse.NONE;
  }

  @Override
  public List<OptionSpec> options() {
    return List.of();
  }

  @Override
  public Sink open(StreamDefinition stream, SinkContext context) {
    return new Sink() {
      @Override
      public void write(Batch batch) {}

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
