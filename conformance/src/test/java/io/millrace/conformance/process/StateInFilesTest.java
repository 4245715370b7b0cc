package io.millrace.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code millrace run} with state in the files of Chronicle Map. */
final class StateInFilesTest {
  /** As it logs for users, which is not as tests do. */
  private static final List<String> LOGGING = List.of("-Dlogback.configurationFile=logback.xml");

  private static final String ROWS =
      """
      k  s
      a  1
      b  2
      a  4
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeScript() throws IOException {
    Files.writeString(
        folder.resolve("sums.sql"),
        """
        SET 'state.backend' = 'chronicle';
        CREATE STREAM Events (k STRING, v INT)
          WITH (connector = 'file', path = '${here}/events.csv', format = 'csv');
        SELECT k, sum(v) AS s FROM Events GROUP BY k;
        """);
    Files.writeString(folder.resolve("events.csv"), "k,v\na,1\nb,2\na,3\n");
  }

  @Test
  void shouldPrintNothingButTheRows() {
    RunnerProcess process = RunnerProcess.call(folder, LOGGING, "run", "sums.sql");

    assertThat(process.output()).isEqualTo(ROWS);
    assertThat(process.status()).isZero();
  }

  /** What Chronicle announces of itself, and that it tells its maker of its use. */
  @Test
  void shouldPrintNoNoticesOfChronicleWhenAllIsLogged() {
    RunnerProcess process = RunnerProcess.call(folder, LOGGING, "run", "--debug", "sums.sql");

    assertThat(process.output())
        .endsWith(ROWS)
        .contains("Chronicle core loaded")
        .doesNotContain("Chronicle Map", "e-mail", "releases", "nalytics");
  }
}
