package io.millrace.testkit.connector;

import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sink is given in tests.
 *
 * @param job the name of the job
 * @param clock the clock, usually a virtual one
 * @param stream the stream that is opened
 * @param format its format, or null if it names none
 * @param resumes whether the job goes on from a snapshot
 * @param showsRowKind whether rows come with their kind
 * @param console where rows for people go
 */
public record TestSinkContext(
    String job,
    Clock clock,
    StreamDefinition stream,
    @Nullable Format format,
    boolean resumes,
    boolean showsRowKind,
    Optional<PrintStream> console)
    implements SinkContext {

  /** A first run without row kinds, whose console goes nowhere. */
  public static TestSinkContext of(StreamDefinition stream, @Nullable Format format, Clock clock) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new TestSinkContext("test", clock, stream, format, false, false, Optional.of(nowhere));
  }

  public TestSinkContext resumed() {
    return new TestSinkContext(job, clock, stream, format, true, showsRowKind, console);
  }

  public TestSinkContext showingRowKind() {
    return new TestSinkContext(job, clock, stream, format, resumes, true, console);
  }

  public TestSinkContext withConsole(PrintStream out) {
    return new TestSinkContext(job, clock, stream, format, resumes, showsRowKind, Optional.of(out));
  }

  @Override
  public Encoder encoder() {
    if (format == null) {
      throw new MillraceException("stream '" + stream.name() + "' names no format");
    }
    return format.encoder(stream, showsRowKind);
  }
}
