package io.millrace.spi.connector;

/** A connector that rows go to. */
public interface SinkConnector extends Connector {
  /**
   * Opens the sink.
   *
   * @throws io.millrace.spi.error.MillraceException with cause and remedy, if it cannot be opened
   */
  Sink open(StreamDefinition stream, SinkContext context);
}
