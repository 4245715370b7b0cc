package io.millrace.testkit.connector;

import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What a source is given in tests.
 *
 * @param job the name of the job
 * @param clock the clock, usually a virtual one
 * @param stream the stream that is opened
 * @param format its format, or null if it names none
 */
public record TestSourceContext(
    String job, Clock clock, StreamDefinition stream, @Nullable Format format)
    implements SourceContext {

  @Override
  public Decoder decoder() {
    if (format == null) {
      throw new MillraceException("stream '" + stream.name() + "' names no format");
    }
    return format.decoder(stream);
  }
}
