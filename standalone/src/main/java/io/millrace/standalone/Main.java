package io.millrace.standalone;

import io.millrace.standalone.run.StopRequest;
import io.millrace.standalone.terminal.Messages;
import io.millrace.standalone.terminal.Terminal;
import java.io.InputStream;

/** Starts the command. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(Terminal.ofProcess(), System.in, new StopRequest(), arguments));
  }

  /**
   * Does what the arguments say.
   *
   * @param stop when to stop jobs whose inputs do not end
   * @return the exit status
   */
  static int execute(Terminal terminal, InputStream input, StopRequest stop, String... arguments) {
    Messages messages = new Messages(terminal, Version.text());
    Session session = new Session(terminal, messages, input, stop);
    int status = new CommandLineReader(session).execute(arguments);
    terminal.out().flush();
    if (terminal.outputFailure().isPresent() && !terminal.isOutputClosed()) {
      String reason = terminal.outputFailure().get().getMessage();
      messages.error("cannot write to standard output: " + reason, null);
      return Math.max(status, ExitStatus.FAILED);
    }
    return status;
  }
}
