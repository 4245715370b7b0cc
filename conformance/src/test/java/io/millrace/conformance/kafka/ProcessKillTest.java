package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.kafka.clients.producer.ProducerRecord;
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
  private static final int KEYS = 6;
  private static final int WINDOW = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PACE = Duration.ofMillis(2);
  private static final String SCRIPT =
      """
      SET 'commit.interval' = '50 ms';

      CREATE STREAM Events (k STRING KEY, v BIGINT, ts BIGINT, TIMESTAMP BY ts)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}', start = 'earliest');

      CREATE STREAM Sums
      WITH (connector = 'kafka', topic = '${sums}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT k, count(*) AS n, sum(v) AS s FROM Events GROUP BY k;

      CREATE STREAM Windows
      WITH (connector = 'kafka', topic = '${windows}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT k, count(*) AS n, max(v) AS m FROM Events WINDOW TUMBLING (100 MS) GROUP BY k;

      CREATE STREAM Copies WITH (connector = 'file', path = '${here}/copies.json', format = 'json') AS
      SELECT k, v FROM Events;

      CREATE STREAM Stored
      WITH (connector = 'jdbc', url = '${url}', table = 'stored', create.table = 'true') AS
      SELECT k, v FROM Events;
      """;

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final List<Event> events = new ArrayList<>();
  @TempDir private Path folder;

  private record Event(String key, long value, long time) {
    ProducerRecord<byte[], byte[]> record(TestTopic topic, int partition) {
      return topic.record(
          partition, null, key, "{\"k\":\"" + key + "\",\"v\":" + value + ",\"ts\":" + time + "}");
    }
  }

  ProcessKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledAgainAndAgain() throws IOException, SQLException {
    TestTopic in = TestTopic.create(broker, "kill-in", 2);
    TestTopic sums = TestTopic.create(broker, "kill-sums", 2);
    TestTopic windows = TestTopic.create(broker, "kill-windows", 1);
    Files.writeString(folder.resolve("kill.sql"), SCRIPT);
    for (int kill = 0; kill < KILLS; kill++) {
      RunnerProcess process = start(in, sums, windows);
      send(in);
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

    assertThat(byKey(sums.readWhenDecided())).as("seed %s", SEED).isEqualTo(expectedSums());
    assertThat(windows.readWhenDecided())
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(expectedWindows());
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

  private void send(TestTopic in) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < ROWS_PER_LIFE; i++) {
      int key = random.nextInt(KEYS);
      Event event = new Event("k" + key, random.nextInt(1_000), 5L * events.size());
      events.add(event);
      records.add(event.record(in, key % 2));
    }
    in.send(records);
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
    while (sums.readCommitted().size() < events.size()) {
      assertThat(process.isAlive()).as(process::output).isTrue();
      assertThat(System.nanoTime() - start).as(process::output).isLessThan(PATIENCE.toNanos());
      pause(Duration.ofMillis(200));
    }
  }

  private Map<String, List<String>> expectedSums() {
    Map<String, Long> sums = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, List<String>> expected = new TreeMap<>();
    for (Event event : events) {
      long sum = sums.merge(event.key(), event.value(), Long::sum);
      int count = counts.merge(event.key(), 1, Integer::sum);
      String value = "{\"k\":\"" + event.key() + "\",\"n\":" + count + ",\"s\":" + sum + "}";
      expected
          .computeIfAbsent(event.key(), k -> new ArrayList<>())
          .add(event.key() + "=" + value + "@" + event.time());
    }
    return expected;
  }

  /** The windows that both partitions have passed. */
  private List<String> expectedWindows() {
    long[] last = new long[2];
    for (Event event : events) {
      last[partition(event)] = event.time();
    }
    long watermark = Math.min(last[0], last[1]);
    Map<Long, Map<String, List<Event>>> windows = new TreeMap<>();
    for (Event event : events) {
      windows
          .computeIfAbsent(event.time() / WINDOW * WINDOW, w -> new TreeMap<>())
          .computeIfAbsent(event.key(), k -> new ArrayList<>())
          .add(event);
    }
    List<String> expected = new ArrayList<>();
    windows.forEach(
        (start, groups) -> {
          if (start + WINDOW <= watermark) {
            groups.forEach((key, group) -> expected.add(window(key, group, start + WINDOW - 1)));
          }
        });
    return expected;
  }

  private static String window(String key, List<Event> group, long time) {
    long greatest = group.stream().mapToLong(Event::value).max().orElseThrow();
    return key
        + "={\"k\":\""
        + key
        + "\",\"n\":"
        + group.size()
        + ",\"m\":"
        + greatest
        + "}@"
        + time;
  }

  private static int partition(Event event) {
    return (event.key().charAt(1) - '0') % 2;
  }

  private Map<String, List<String>> expectedCopies() {
    Map<String, List<String>> expected = new TreeMap<>();
    for (Event event : events) {
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
    for (Event event : events) {
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

  private static Map<String, List<String>> byKey(List<String> texts) {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (String text : texts) {
      byKey.computeIfAbsent(text.substring(0, text.indexOf('=')), k -> new ArrayList<>()).add(text);
    }
    return byKey;
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
