package io.millrace.engine.overload;

import io.millrace.engine.connect.Connections;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.Options;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a script says of overload.
 *
 * @param mode what happens to rows that are too many
 * @param patience how long a program that sends some waits for other threads before that happens
 * @param lag how old records of connectors may be before rows are left out
 */
public record OverloadSettings(Mode mode, Duration patience, Duration lag) {
  /** What happens to rows that are too many. */
  public enum Mode {
    /** Whoever brings them waits, as long as it takes. */
    BLOCK,
    /** A program that sends them is told; connectors wait. */
    REFUSE,
    /** They are left out and counted. */
    SHED
  }

  public static OverloadSettings of(Options settings) {
    return new OverloadSettings(
        Mode.valueOf(settings.getChoice(StreamOptions.OVERLOAD).toUpperCase(Locale.ROOT)),
        settings.getDuration(StreamOptions.OVERLOAD_WAIT),
        settings.getDuration(StreamOptions.OVERLOAD_LAG));
  }

  /** {@link #patience}, or as much of it as can be waited. */
  public long waitNanos() {
    return TimeUnit.NANOSECONDS.convert(patience);
  }

  /**
   * Whether rows of a stream may be left out. Those of a table never are, as it would be wrong ever
   * after; nor those of an input that ends, which nobody waits for; nor those whose records do not
   * say how old they are.
   */
  public boolean mayShed(StreamDeclaration stream, Connections connections) {
    if (mode != Mode.SHED || stream.isDerived() || stream.isTable()) {
      return false;
    }
    if (stream.connector() == null) {
      return true;
    }
    SourceConnector source = connections.sourceConnector(stream);
    StreamDefinition definition = connections.definition(stream);
    return !source.isBounded(definition) && source.givesRecordTimes(definition);
  }
}
