package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.standalone.run.StopRequest;
import io.millrace.standalone.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code millrace test}. */
final class TestCommandTest {
  private static final String DOUBLING =
      """
      === doubles
      CREATE STREAM T (x INT);
      CREATE STREAM D AS SELECT x * ${factor} AS y FROM T;
      --- input
      @1000 T {"x": 1}
      --- output
      @1000 D {"y": 2}
      """;

  @TempDir private Path folder;

  /** What a call of the command printed, and its exit status. */
  private record Outcome(int status, String out, String err) {}

  @Test
  void shouldSayHowManyPassedWhenAllPass() throws IOException {
    Files.writeString(folder.resolve("a.test"), DOUBLING);

    Outcome outcome = test(folder.toString(), "--var", "factor=2");

    assertThat(outcome).isEqualTo(new Outcome(ExitStatus.OK, "1 passed, 0 failed\n", ""));
  }

  @Test
  void shouldShowRowsSideBySideWhenOneDiffers() throws IOException {
    Path file = Files.writeString(folder.resolve("a.test"), DOUBLING);

    Outcome outcome = test(file.toString(), "--var", "factor=3");

    assertThat(outcome.out())
        .startsWith("FAILED doubles (" + file + ":1)\n")
        .contains("- @1000 D {\"y\": 2} |")
        .endsWith("\n0 passed, 1 failed\n");
    assertThat(outcome.status()).isEqualTo(ExitStatus.WRONG);
  }

  @Test
  void shouldNameThePathWhenItDoesNotExist() {
    Outcome outcome = test("nowhere.test");

    assertThat(outcome.err()).isEqualTo("error: there is no file or folder 'nowhere.test'\n");
    assertThat(outcome.status()).isEqualTo(ExitStatus.WRONG);
  }

  @Test
  void shouldNameTheLineWhenAFileIsNotWrittenAsTestsAre() throws IOException {
    Path file = Files.writeString(folder.resolve("a.test"), "SELECT 1;\n");

    Outcome outcome = test(file.toString());

    assertThat(outcome.err()).startsWith("error: " + file + ":1: expected '=== name of the test'");
    assertThat(outcome.status()).isEqualTo(ExitStatus.WRONG);
  }

  private static Outcome test(String... arguments) {
    List<String> all = new ArrayList<>(List.of("test"));
    all.addAll(Arrays.asList(arguments));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(out, err, new Terminal.Traits(false, false, false));
    int status =
        Main.execute(
            terminal, InputStream.nullInputStream(), new StopRequest(), all.toArray(String[]::new));
    terminal.err().flush();
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
