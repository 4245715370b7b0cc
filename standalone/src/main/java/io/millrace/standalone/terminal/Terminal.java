package io.millrace.standalone.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output for rows and answers, standard error for all else. If standard error is a
 * terminal, its last line may show a status, which makes way for whatever is written. Thread-safe.
 */
public final class Terminal {
  private static final int BUFFER_SIZE = 1 << 16;
  private static final String ERASE = "\r\u001B[K";

  /** Does not wrap: what does not fit is cut off, so that erasing one line erases all of it. */
  private static final String STATUS = "\r\u001B[?7l%s\u001B[K\u001B[?7h";

  private final Object lock = new Object();
  private final Traits traits;
  private final OutputStream errors;
  private final Guarded guardedOut;
  private final Guarded guardedErr;
  private final PrintStream out;
  private final PrintStream err;
  private boolean showsStatus;

  /**
   * What is at the other end of the streams.
   *
   * @param outIsTerminal whether standard output is a terminal
   * @param errIsTerminal whether standard error is one
   * @param colours whether errors may be coloured
   */
  public record Traits(boolean outIsTerminal, boolean errIsTerminal, boolean colours) {

    /**
     * Those of the process. The start script knows what a JVM cannot ask for: it passes {@code
     * millrace.terminal}, which names the streams that are terminals.
     */
    static Traits ofProcess(Map<String, String> environment) {
      String terminals = System.getProperty("millrace.terminal", "");
      boolean isErr = terminals.contains("err");
      boolean colours =
          isErr
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !"dumb".equals(environment.get("TERM"));
      return new Traits(terminals.contains("out"), isErr, colours);
    }
  }

  public Terminal(OutputStream out, OutputStream err, Traits traits) {
    this.traits = traits;
    this.errors = err;
    this.guardedOut = new Guarded(out, traits.outIsTerminal());
    this.guardedErr = new Guarded(err, traits.errIsTerminal());
    OutputStream buffered = new BufferedOutputStream(guardedOut, BUFFER_SIZE);
    this.out = new PrintStream(buffered, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(new BufferedOutputStream(guardedErr), true, StandardCharsets.UTF_8);
  }

  /** The terminal of this process. What libraries write to {@code System.err} goes through it. */
  public static Terminal ofProcess() {
    Terminal terminal =
        new Terminal(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            Traits.ofProcess(System.getenv()));
    System.setErr(terminal.err);
    return terminal;
  }

  /** Standard output, buffered. */
  public PrintStream out() {
    return out;
  }

  /** Standard error, written line by line. */
  public PrintStream err() {
    return err;
  }

  /** Whether somebody watches standard error. */
  public boolean isWatched() {
    return traits.errIsTerminal();
  }

  public boolean hasColours() {
    return traits.colours();
  }

  /** Why standard output takes no more; empty while it does. */
  public Optional<IOException> outputFailure() {
    return Optional.ofNullable(guardedOut.failure);
  }

  /** Whether standard output ended because nobody reads it any more, as in {@code … | head}. */
  public boolean isOutputClosed() {
    return outputFailure()
        .map(failure -> String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT))
        .filter(message -> message.contains("pipe") || message.contains("reset"))
        .isPresent();
  }

  /** Shows a status in the last line, if somebody watches and no line is half written. */
  public void showStatus(String text) {
    synchronized (lock) {
      boolean isLineFree =
          guardedErr.isAtLineStart && (guardedOut.isAtLineStart || !traits.outIsTerminal());
      if (traits.errIsTerminal() && isLineFree) {
        write(STATUS.replace("%s", text));
        showsStatus = true;
      }
    }
  }

  /** Takes the status away. */
  public void clearStatus() {
    synchronized (lock) {
      if (showsStatus) {
        write(ERASE);
        showsStatus = false;
      }
    }
  }

  private void write(String text) {
    try {
      errors.write(text.getBytes(StandardCharsets.UTF_8));
      errors.flush();
    } catch (IOException ignored) { // a status that nobody can see is no loss
      showsStatus = false;
    }
  }

  /**
   * Has the status make way. After a failure it takes everything and writes nothing: whoever
   * started the writing asks for {@link #outputFailure}, and ends it.
   */
  private final class Guarded extends OutputStream {
    private final OutputStream target;
    private final boolean isTerminal;
    private volatile @Nullable IOException failure;
    private boolean isAtLineStart = true;

    Guarded(OutputStream target, boolean isTerminal) {
      this.target = target;
      this.isTerminal = isTerminal;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (lock) {
        if (length == 0 || failure != null) {
          return;
        }
        if (isTerminal) {
          clearStatus();
        }
        try {
          target.write(bytes, offset, length);
        } catch (IOException e) {
          failure = e;
          return;
        }
        isAtLineStart = bytes[offset + length - 1] == '\n';
      }
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }
  }
}
