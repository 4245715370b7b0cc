package io.millrace.spi.connector;

import io.millrace.spi.types.Field;
import java.util.List;

/** A connector that rows come from. */
public interface SourceConnector extends Connector {
  /**
   * Checks what only the system itself can tell (a file that is there, a topic that exists) and
   * opens the source.
   *
   * @throws io.millrace.spi.error.MillraceException with cause and remedy, if it cannot be opened
   */
  Source open(StreamDefinition stream, SourceContext context);

  /**
   * Whether its inputs end by themselves with these options: a file that is read once does, a topic
   * does not.
   */
  boolean isBounded(StreamDefinition stream);

  /**
   * The pseudo-columns that its records have beside their content, such as {@code ROWKEY} or {@code
   * ROWOFFSET}; written with {@link RowWriter#setMetadata}.
   */
  List<Field> metadata();

  /** What its sources give again, which decides what a job that reads them can promise. */
  default Replay replay(StreamDefinition stream) {
    return Replay.FROM_POSITION;
  }

  /**
   * Whether with these options every record has a time of its own, which counts as event time where
   * the stream declares none; else the time of arrival does.
   */
  default boolean givesRecordTimes(StreamDefinition stream) {
    return false;
  }
}
