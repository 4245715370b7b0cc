package io.millrace.standalone;

import io.millrace.engine.Engine;
import io.millrace.engine.show.Answers;
import io.millrace.standalone.run.StopRequest;
import io.millrace.standalone.terminal.Messages;
import io.millrace.standalone.terminal.Terminal;
import java.io.InputStream;

/**
 * What a call of the command has to do with.
 *
 * @param terminal where it writes
 * @param messages says what went wrong
 * @param input standard input
 * @param stop when to stop jobs whose inputs do not end
 */
record Session(Terminal terminal, Messages messages, InputStream input, StopRequest stop) {
  private static final int WIDTH = 110;

  /** Prints to standard output and says whether that went well. */
  int print(String text) {
    terminal.out().print(text);
    return ExitStatus.OK;
  }

  static Answers answers(Engine engine) {
    return new Answers(
        engine.parts().functions(), engine.parts().plugins(), engine.parts().compiler(), WIDTH);
  }
}
