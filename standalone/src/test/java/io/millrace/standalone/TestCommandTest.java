package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    return Outcome.of(all.toArray(String[]::new));
  }
}
