package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.standalone.run.StopRequest;
import io.millrace.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands but {@code test}: what they print, where, and their exit status. */
final class CommandsTest {
  private static final String NUMBERS =
      """
      CREATE STREAM Numbers (n INT) WITH (connector = 'file', path = '${here}/numbers.csv', format = 'csv');
      CREATE STREAM Tens WITH (connector = 'console', format = 'csv') AS SELECT 10 / n AS ten FROM Numbers;
      """;

  private static final String ENDLESS =
      """
      CREATE STREAM Numbers (n BIGINT) WITH (connector = 'generator', rate = '1000', 'fields.n.kind' = 'sequence');
      CREATE STREAM Same WITH (connector = 'console', format = 'csv') AS SELECT n FROM Numbers;
      """;

  private static final Terminal.Traits WATCHED = new Terminal.Traits(false, true, false);

  @TempDir private Path folder;

  @BeforeEach
  void writeNumbers() throws IOException {
    Files.writeString(folder.resolve("numbers.csv"), "n\n1\n2\n5\n");
  }

  private String script(String text) throws IOException {
    return Files.writeString(folder.resolve("query.sql"), text).toString();
  }

  @Test
  void shouldPrintRowsAndNothingElseWhenOutputGoesIntoAPipe() throws IOException {
    Outcome outcome = Outcome.of("run", script(NUMBERS));

    assertThat(outcome).isEqualTo(new Outcome(ExitStatus.OK, "ten\n10\n5\n2\n", ""));
  }

  @Test
  void shouldSayWhatWasDoneWhenSomebodyWatches() throws IOException {
    Outcome outcome = Outcome.of(WATCHED, new StopRequest(), "run", script(NUMBERS));

    assertThat(outcome.out()).isEqualTo("ten\n10\n5\n2\n");
    assertThat(outcome.err()).containsPattern("read 3 rows, wrote 3 rows in [0-9.]+ s\n$");
  }

  @Test
  void shouldCountErrorsWhenRowsFail() throws IOException {
    Files.writeString(folder.resolve("numbers.csv"), "n\n1\n0\nx\n5\n");

    Outcome outcome = Outcome.of("run", script(NUMBERS));

    assertThat(outcome.status()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out()).isEqualTo("ten\n10\n2\n");
    assertThat(outcome.err())
        .containsPattern("warning: read 3 rows, wrote 2 rows in [0-9.]+ s; 2 errors\n$");
  }

  @Test
  void shouldStopInOrderWhenAskedTo() throws IOException {
    Outcome outcome = Outcome.of(WATCHED, new StopRequest(), "run", script(ENDLESS));

    assertThat(outcome.status()).isEqualTo(ExitStatus.OK);
    long rows = outcome.out().lines().skip(1).count();
    assertThat(outcome.err()).contains("wrote " + String.format("%,d", rows) + " row");
  }

  @Test
  void shouldFailWhenAnInputCannotBeRead() throws IOException {
    Files.delete(folder.resolve("numbers.csv"));

    Outcome outcome = Outcome.of("run", script(NUMBERS));

    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.err()).contains("numbers.csv").doesNotContain("\tat ");
  }

  @Test
  void shouldReportAllErrorsWhenAScriptIsWrong() throws IOException {
    String path =
        script("CREATE STREAM T (price DOUBLE);\nSELECT pricee FROM T;\nSELECT 1 FROM U;\n");

    Outcome outcome = Outcome.of("check", path);

    assertThat(outcome.status()).isEqualTo(ExitStatus.WRONG);
    assertThat(outcome.err())
        .contains("unknown column 'pricee'")
        .contains(" --> " + path + ":2:8")
        .contains("did you mean 'price'?")
        .contains("unknown stream or table 'U'")
        .endsWith("2 errors in " + path + "\n");
    assertThat(Outcome.of("run", path).err()).isEqualTo(outcome.err());
  }

  @Test
  void shouldShowThePlanWhenAskedTo() throws IOException {
    Outcome outcome = Outcome.of("explain", "--level", "logical", script(NUMBERS));

    assertThat(outcome.status()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out())
        .isEqualTo("Tens (ten INT)\n  Project [10 / n AS ten]\n    Scan [Numbers]\n");
  }

  @Test
  void shouldDescribeFunctionsAndConnectorsWhenNamed() {
    assertThat(Outcome.of("functions", "upper").out()).contains("upper(");
    assertThat(Outcome.of("connectors", "file").out()).contains("path");
    assertThat(Outcome.of("functions", "uper").err()).contains("did you mean 'upper'?");
    assertThat(Outcome.of("connectors", "fil").err()).contains("did you mean 'file'?");
  }

  @Test
  void shouldShowExamplesAndExitStatusWhenAskedForHelp() {
    Outcome outcome = Outcome.of("--help");

    assertThat(outcome.status()).isEqualTo(ExitStatus.OK);
    assertThat(outcome.out())
        .contains("millrace run examples/earthquakes/earthquakes.sql")
        .contains("Exit status");
    assertThat(Outcome.of("--version").out()).startsWith("millrace ");
  }

  @Test
  void shouldSayWhatIsWrongWhenArgumentsCannotBeUnderstood() {
    Outcome outcome = Outcome.of("rum");

    assertThat(outcome.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err()).contains("rum").contains("run").doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseAQueryOnStandardInputThatIsTooLong() {
    byte[] query = new byte[(1 << 20) + 1];
    Arrays.fill(query, (byte) ' ');

    Outcome outcome = Outcome.reading(query, "query", "alerts", "-");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                ExitStatus.WRONG,
                "",
                "error: 'standard input' is larger than 1 MB: that is no query file\n"));
  }

  @Test
  void shouldTakeAQueryOnStandardInputThatIsNotTooLong() {
    byte[] query = new byte[1 << 20];
    Arrays.fill(query, (byte) ' ');
    String folder = this.folder.toString();

    Outcome outcome = Outcome.reading(query, "query", "alerts", "-", "--snapshots", folder);

    assertThat(outcome.err()).startsWith("error: no job 'alerts' keeps snapshots in '");
  }
}
