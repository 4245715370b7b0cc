package io.millrace.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code millrace run}, where it cannot go on from what its job has left. */
final class RecoveryCommandTest {
  private static final Pattern DATA = Pattern.compile("[0-9a-f]{64}\\.data");
  private static final String SCRIPT =
      """
      CREATE STREAM Events (k STRING, v BIGINT)
      WITH (connector = 'file', path = '${here}/in/*.json', format = 'json');

      CREATE STREAM Sums WITH (connector = 'file', path = '${here}/sums.json', format = 'json') AS
      SELECT k, sum(v) AS s FROM Events GROUP BY k;
      """;
  private static final String BY_TENS = SCRIPT.replace("sum(v) AS s", "sum(v / 10) AS s");
  private static final List<String> FIRST =
      List.of("{\"k\":\"a\",\"s\":10}", "{\"k\":\"a\",\"s\":30}");
  private static final List<String> ALL =
      List.of("{\"k\":\"a\",\"s\":10}", "{\"k\":\"a\",\"s\":30}", "{\"k\":\"a\",\"s\":70}");

  @TempDir private Path folder;

  @BeforeEach
  void runAndGetMore() throws IOException {
    write(SCRIPT);
    append(10);
    append(20);
    assertThat(run().status()).isZero();
    assertThat(sums()).isEqualTo(FIRST);
    append(40);
  }

  @Test
  void shouldGoOnWhereItWas() throws IOException {
    assertThat(run().status()).isZero();
    assertThat(sums()).isEqualTo(ALL);
  }

  @Test
  void shouldStopWhenABitOfItsSnapshotIsOtherAndGoOneBackWhenItMay() throws IOException {
    byte[] bytes = Files.readAllBytes(dataOfNewest());
    int middle = bytes.length / 2;
    bytes[middle] = (byte) (bytes[middle] ^ 4);
    Files.write(dataOfNewest(), bytes);

    assertStopsAndGoesOneBack();
  }

  @Test
  void shouldStopWhenItsSnapshotIsTornAndGoOneBackWhenItMay() throws IOException {
    byte[] bytes = Files.readAllBytes(dataOfNewest());
    Files.write(dataOfNewest(), Arrays.copyOf(bytes, bytes.length - 1));

    assertStopsAndGoesOneBack();
  }

  private void assertStopsAndGoesOneBack() throws IOException {
    RunnerProcess stopped = run();

    assertThat(stopped.status()).isEqualTo(3);
    assertThat(stopped.output())
        .contains("job 'sums' cannot go on: its last committed snapshot, 2, cannot be used: ")
        .contains("go on from the one before with --allow-duplicates");
    assertThat(sums()).isEqualTo(FIRST);

    RunnerProcess goesOn = run("--allow-duplicates");
    assertThat(goesOn.status()).as(goesOn::output).isZero();
    assertThat(sums()).isEqualTo(ALL);
  }

  @Test
  void shouldGoOneBackByItselfWhenRowsMayComeTwice() throws IOException {
    Files.delete(dataOfNewest());
    write("SET 'delivery' = 'at-least-once';\n" + SCRIPT);

    RunnerProcess goesOn = run();

    assertThat(goesOn.status()).as(goesOn::output).isZero();
    assertThat(goesOn.output()).contains("job 'sums': snapshot 2 is damaged, going one back: ");
    assertThat(sums()).containsAll(ALL);
  }

  @Test
  void shouldRefuseAScriptWithoutItsStateUnlessThatMayBeDropped() throws IOException {
    write(BY_TENS);

    RunnerProcess refused = run();

    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.output()).contains("--allow-dropped-state");
    assertThat(sums()).isEqualTo(FIRST);

    RunnerProcess goesOn = run("--allow-dropped-state");
    assertThat(goesOn.status()).as(goesOn::output).isZero();
    assertThat(sums()).startsWith(FIRST.toArray(String[]::new)).endsWith("{\"k\":\"a\",\"s\":4}");
  }

  @Test
  void shouldSaySoWhenItCannotUseTheFolder() throws IOException {
    Files.writeString(folder.resolve("occupied"), "");

    RunnerProcess refused = call("--snapshots", "occupied");

    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.output()).contains("error: cannot use the snapshot folder ");
    assertThat(sums()).isEqualTo(FIRST);
  }

  private RunnerProcess run(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "--snapshots";
    arguments[1] = "snapshots";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return call(arguments);
  }

  private RunnerProcess call(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "sums.sql";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return RunnerProcess.call(folder, "run", arguments);
  }

  private void write(String script) throws IOException {
    Files.writeString(folder.resolve("sums.sql"), script);
  }

  /** As a file of its own, named by its value. */
  private void append(long value) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve(value + ".json"), "{\"k\":\"a\",\"v\":" + value + "}\n");
  }

  private List<String> sums() throws IOException {
    return Files.readAllLines(folder.resolve("sums.json"));
  }

  /** The data file that the newest snapshot has alone. */
  private Path dataOfNewest() throws IOException {
    Path snapshots = folder.resolve("snapshots/sums");
    Set<String> names = data(snapshots.resolve("snapshot-2.manifest"));
    names.removeAll(data(snapshots.resolve("snapshot-1.manifest")));
    assertThat(names).hasSize(1);
    return snapshots.resolve(names.iterator().next());
  }

  private static Set<String> data(Path manifest) throws IOException {
    return DATA.matcher(Files.readString(manifest))
        .results()
        .map(match -> match.group())
        .collect(Collectors.toSet());
  }
}
