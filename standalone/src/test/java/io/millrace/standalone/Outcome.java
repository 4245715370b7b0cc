package io.millrace.standalone;

import io.millrace.standalone.run.StopRequest;
import io.millrace.standalone.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a call of the command printed, and its exit status.
 *
 * @param out what went to standard output
 * @param err what went to standard error
 */
record Outcome(int status, String out, String err) {

  /** Of a call whose output goes into pipes. */
  static Outcome of(String... arguments) {
    return of(new Terminal.Traits(false, false, false), new StopRequest(), arguments);
  }

  /** Of a call whose standard input and output are pipes. */
  static Outcome reading(byte[] input, String... arguments) {
    return of(
        new Terminal.Traits(false, false, false),
        new StopRequest(),
        new ByteArrayInputStream(input),
        arguments);
  }

  /**
   * @param stop is asked for when something is written to standard output, as whoever has seen
   *     enough presses Ctrl-C
   */
  static Outcome of(Terminal.Traits traits, StopRequest stop, String... arguments) {
    return of(traits, stop, InputStream.nullInputStream(), arguments);
  }

  private static Outcome of(
      Terminal.Traits traits, StopRequest stop, InputStream input, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            stop.request();
          }
        };
    Terminal terminal = new Terminal(out, err, traits);
    int status = Main.execute(terminal, input, stop, arguments);
    terminal.err().flush();
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
