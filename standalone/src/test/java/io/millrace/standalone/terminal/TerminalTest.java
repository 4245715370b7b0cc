package io.millrace.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private static final String BEGIN = "\r\u001B[?7l";
  private static final String END = "\u001B[K\u001B[?7h";
  private static final String ERASE = "\r\u001B[K";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Terminal terminal(boolean outIsTerminal, boolean errIsTerminal) {
    return new Terminal(out, err, new Terminal.Traits(outIsTerminal, errIsTerminal, false));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldShowNoStatusWhenNobodyWatches() {
    terminal(true, false).showStatus("1 s | in 2");

    assertThat(errors()).isEmpty();
  }

  @Test
  void shouldHaveTheStatusMakeWayWhenALineIsWritten() {
    Terminal terminal = terminal(false, true);
    terminal.showStatus("1 s | in 2");
    terminal.err().println("warning");
    terminal.showStatus("2 s | in 4");
    terminal.clearStatus();

    assertThat(errors())
        .isEqualTo(
            BEGIN
                + "1 s | in 2"
                + END
                + ERASE
                + "warning"
                + System.lineSeparator()
                + BEGIN
                + "2 s | in 4"
                + END
                + ERASE);
  }

  @Test
  void shouldShowNoStatusBehindHalfALine() {
    Terminal terminal = terminal(true, true);
    terminal.out().print("half");
    terminal.out().flush();
    terminal.showStatus("1 s | in 2");

    assertThat(errors()).isEmpty();
  }
}
