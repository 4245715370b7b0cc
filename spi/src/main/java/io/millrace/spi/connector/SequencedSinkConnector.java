package io.millrace.spi.connector;

/** A connector whose sinks can number their rows, see {@link SequencedSink}. */
public interface SequencedSinkConnector extends SinkConnector {
  @Override
  SequencedSink open(StreamDefinition stream, SinkContext context);

  /**
   * Names the place that the rows of a stream go to, as those who read them know it: numbers are
   * told apart by place only. Opens nothing; shows no secrets.
   */
  String destination(StreamDefinition stream);
}
