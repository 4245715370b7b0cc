package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.RunnerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real process (kill -9) at random moments of a job with keyed aggregates and windows,
 * whose output goes to topics, to a file and to a database: while it starts and recovers, and just
 * when a snapshot has been written, that is before, in and behind the commits. In the end every row
 * is there once. {@code -Dmillrace.kills=5000} makes a soak test of it.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class ProcessKillTest {
  private static final int KILLS = Integer.getInteger("millrace.kills", 100);
  private static final long SEED = Long.getLong("millrace.seed", 20_261_128L);
  private static final int ROWS_PER_LIFE = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PACE = Duration.ofMillis(2);
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\n"
          + KeyedEvents.QUERIES
          + """
      CREATE STREAM Copies WITH (connector = 'file', path = '${here}/copies.json', format = 'json') AS
      SELECT k, v FROM Events;

      CREATE STREAM Stored
      WITH (connector = 'jdbc', url = '${url}', table = 'stored', create.table = 'true') AS
      SELECT k, v FROM Events;
      """;

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final KeyedEvents events = new KeyedEvents(random);
  @TempDir private Path folder;

  ProcessKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledAgainAndAgain() throws IOException, SQLException {
    TestTopic in = TestTopic.create(broker, "kill-in", KeyedEvents.PARTITIONS);
    TestTopic sums = TestTopic.create(broker, "kill-sums", 2);
    TestTopic windows = TestTopic.create(broker, "kill-windows", 1);
    Files.writeString(folder.resolve("kill.sql"), SCRIPT);
    for (int kill = 0; kill < KILLS; kill++) {
      RunnerProcess process = start(in, sums, windows);
      events.send(in, ROWS_PER_LIFE);
      if (kill % 2 == 0) {
        pause(Duration.ofMillis(200 + random.nextInt(2_500)));
      } else {
        awaitSnapshot(process);
        pause(Duration.ofMillis(random.nextInt(120)));
      }
      assertThat(process.isAlive()).as(process::output).isTrue();
      process.kill();
    }

    RunnerProcess last = start(in, sums, windows);
    awaitRows(last, sums);
    last.stop();

    assertThat(KeyedEvents.byKey(sums.readWhenDecided()))
        .as("seed %s", SEED)
        .isEqualTo(events.expectedSums());
    assertThat(windows.readWhenDecided())
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(events.expectedWindows());
    assertThat(copies()).as("seed %s", SEED).isEqualTo(expectedCopies());
    assertThat(stored()).as("seed %s", SEED).isEqualTo(expectedStored());
  }

  private RunnerProcess start(TestTopic in, TestTopic sums, TestTopic windows) {
    return RunnerProcess.start(
        folder,
        "kill.sql",
        "--snapshots",
        "snapshots",
        "--var",
        "in=" + in.name(),
        "--var",
        "sums=" + sums.name(),
        "--var",
        "windows=" + windows.name(),
        "--var",
        "url=" + url(),
        "--var",
        "broker=" + broker.bootstrapServers());
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("stored") + ";WRITE_DELAY=0";
  }

  /** Waits until the process has written a manifest. */
  private void awaitSnapshot(RunnerProcess process) {
    Set<String> before = manifests();
    long start = System.nanoTime();
    while (before.containsAll(manifests())) {
      assertThat(process.isAlive()).as(process::output).isTrue();
      assertThat(System.nanoTime() - start).as(process::output).isLessThan(PATIENCE.toNanos());
      pause(PACE);
    }
  }

  private Set<String> manifests() {
    Path store = folder.resolve("snapshots").resolve("kill");
    if (!Files.isDirectory(store)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(store)) {
      Set<String> names = new HashSet<>();
      files.map(Path::toString).filter(it -> it.endsWith(".manifest")).forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitRows(RunnerProcess process, TestTopic sums) {
    long start = System.nanoTime();
    while (sums.readCommitted().size() < events.all().size()) {
      assertThat(process.isAlive()).as(process::output).isTrue();
      assertThat(System.nanoTime() - start).as(process::output).isLessThan(PATIENCE.toNanos());
      pause(Duration.ofMillis(200));
    }
  }

  private Map<String, List<String>> expectedCopies() {
    Map<String, List<String>> expected = new TreeMap<>();
    for (KeyedEvents.Event event : events.all()) {
      expected
          .computeIfAbsent(event.key(), k -> new ArrayList<>())
          .add("{\"k\":\"" + event.key() + "\",\"v\":" + event.value() + "}");
    }
    return expected;
  }

  private Map<String, List<String>> copies() throws IOException {
    Map<String, List<String>> copies = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("copies.json"))) {
      copies.computeIfAbsent(line.substring(6, 8), k -> new ArrayList<>()).add(line);
    }
    return copies;
  }

  private Map<String, List<String>> expectedStored() {
    Map<String, List<String>> expected = new TreeMap<>();
    for (KeyedEvents.Event event : events.all()) {
      expected
          .computeIfAbsent(event.key(), k -> new ArrayList<>())
          .add(String.valueOf(event.value()));
    }
    expected.values().forEach(values -> values.sort(null));
    return expected;
  }

  private Map<String, List<String>> stored() throws SQLException {
    Map<String, List<String>> stored = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM stored")) {
      while (rows.next()) {
        stored
            .computeIfAbsent(rows.getString(1), k -> new ArrayList<>())
            .add(String.valueOf(rows.getLong(2)));
      }
    }
    stored.values().forEach(values -> values.sort(null));
    return stored;
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
