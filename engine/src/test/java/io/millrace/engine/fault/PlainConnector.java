package io.millrace.engine.fault;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;

/** Sinks that cannot take rows back, and forget them. */
final class PlainConnector extends WorldSinkConnector {
  PlainConnector() {
    super("plain");
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
