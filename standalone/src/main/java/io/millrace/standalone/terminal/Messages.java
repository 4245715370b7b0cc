package io.millrace.standalone.terminal;

import io.millrace.spi.error.DiagnosticRenderer;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.ScriptException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong, for people, on standard error.
 *
 * <pre>
 * error: cannot read 'query.sql': permission denied
 *   help: …
 * </pre>
 */
public final class Messages {
  private static final int MOST_ERRORS = 20;
  private static final String RED = "\u001B[1;31m";
  private static final String YELLOW = "\u001B[1;33m";
  private static final String PLAIN = "\u001B[0m";
  private final Terminal terminal;
  private final String version;
  private boolean debug;

  /**
   * @param version of the command, for reports of its own faults
   */
  public Messages(Terminal terminal, String version) {
    this.terminal = terminal;
    this.version = version;
  }

  /** From now on shows the stack traces of all failures. */
  public void showStackTraces() {
    debug = true;
  }

  public void error(String message, @Nullable String help) {
    print(RED, "error", message);
    if (help != null) {
      terminal.err().println("  help: " + help);
    }
  }

  public void warning(String message) {
    print(YELLOW, "warning", message);
  }

  public void note(String message) {
    terminal.err().println("note: " + message);
  }

  /** Shows all errors of a script, or the first ones of very many. */
  public void script(ScriptException e) {
    DiagnosticRenderer renderer = new DiagnosticRenderer(terminal.hasColours());
    terminal.err().print(renderer.render(e.source(), e.diagnostics(), MOST_ERRORS));
  }

  /**
   * Shows why something failed: what a user can mend in words, faults of our own with their trace.
   */
  public void failure(Throwable failure) {
    if (failure instanceof ScriptException script) {
      script(script);
    } else if (failure instanceof CommandException command) {
      error(command.message(), command.help());
    } else if (failure instanceof MillraceException expected) {
      error(expected.message(), null);
    } else {
      fault(failure);
      return;
    }
    if (debug) {
      terminal.err().print(trace(failure));
    }
  }

  private void fault(Throwable failure) {
    String what = "internal error: " + failure;
    if (debug) {
      error(what, null);
      terminal.err().print(trace(failure));
      return;
    }
    try {
      Path file = Files.createTempFile("millrace-error-", ".txt");
      Files.writeString(file, report(failure));
      error(what, "this is a fault of Millrace, please report it with the details in " + file);
    } catch (IOException e) {
      error(what, "this is a fault of Millrace, please report it with the details:");
      terminal.err().print(trace(failure));
    }
  }

  private String report(Throwable failure) {
    return version
        + " on Java "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("os.name")
        + "\n"
        + trace(failure);
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private void print(String colour, String kind, String message) {
    String shown = terminal.hasColours() ? colour + kind + PLAIN : kind;
    terminal.err().println(shown + ": " + message.strip().replace("\n", "\n  "));
  }
}
