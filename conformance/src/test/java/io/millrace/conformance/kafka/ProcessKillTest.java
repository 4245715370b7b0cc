package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.RunnerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real process (kill -9) at random moments of a job with keyed aggregates and windows,
 * whose output goes to topics, to a file and to a database: while it starts and recovers, and just
 * when a snapshot has been written, that is before, in and behind the commits. In the end every row
 * is there once. A share of the kills is of a job whose state lies in files. {@code
 * -Dmillrace.kills=5000} makes a soak test of it.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class ProcessKillTest {
  private static final int KILLS = Integer.getInteger("millrace.kills", 100);
  private static final long SEED = Long.getLong("millrace.seed", 20_261_128L);
  private static final int KILLS_WITH_STATE_IN_FILES = KILLS / 8;
  private static final int ROWS_PER_LIFE = 40;

  /** So many that a third of their groups does not fit into memory. */
  private static final int ROWS_OF_MANY_GROUPS = 12_000;

  /** 1,200 groups for each key, each with an event now and then. */
  private static final int GROUP_MILLIS = 6_000;

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

  private static final String SCRIPT_WITH_STATE_IN_FILES =
      """
      SET 'state.backend' = 'chronicle';
      SET 'state.hot.rows' = '4096';
      SET 'state.dir' = '${here}/state';
      """
          + SCRIPT
          + """
      CREATE STREAM Groups WITH (connector = 'file', path = '${here}/groups.json', format = 'json') AS
      SELECT k, ts % 6000 AS g, count(*) AS n, sum(v) AS s FROM Events GROUP BY k, ts % 6000;
      """;

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final KeyedEvents events = new KeyedEvents(random);
  @TempDir private Path folder;

  /**
   * In this process, as databases are in others than those that use them: one in the process that
   * is killed would go back behind transactions that it had committed (H2 writes them later, also
   * with {@code WRITE_DELAY=0}).
   */
  private Server database;

  ProcessKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void startDatabase() throws SQLException {
    database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
  }

  @AfterEach
  void stopDatabase() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
    database.stop();
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledAgainAndAgain() throws IOException, SQLException {
    Topics topics = prepare("kill", SCRIPT);
    for (int kill = 0; kill < KILLS - KILLS_WITH_STATE_IN_FILES; kill++) {
      liveAndDie(topics, kill % 2 == 0);
    }
    finish(topics);

    assertResults(topics);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledWithStateInFiles() throws IOException, SQLException {
    Topics topics = prepare("kill-files", SCRIPT_WITH_STATE_IN_FILES);
    RunnerProcess first = start(topics);
    events.send(topics.in(), ROWS_OF_MANY_GROUPS);
    awaitRows(first, topics);
    first.kill();
    for (int kill = 0; kill < KILLS_WITH_STATE_IN_FILES; kill++) {
      liveAndDie(topics, kill % 2 == 0);
      if (kill % 2 != 0) { // it had read its state into files before it took a snapshot
        assertThat(filesOfState()).isNotEmpty();
      }
    }
    finish(topics);

    assertResults(topics);
    assertThat(groups()).as("seed %s", SEED).isEqualTo(expectedGroups());
    assertThat(filesOfState()).isEmpty();
  }

  /** A job and its topics. */
  private record Topics(String job, TestTopic in, TestTopic sums, TestTopic windows) {}

  private Topics prepare(String job, String script) throws IOException {
    Files.writeString(folder.resolve(job + ".sql"), script);
    return new Topics(
        job,
        TestTopic.create(broker, job + "-in", KeyedEvents.PARTITIONS),
        TestTopic.create(broker, job + "-sums", 2),
        TestTopic.create(broker, job + "-windows", 1));
  }

  /** Starts the process and kills it: at any moment, or just when it has taken a snapshot. */
  private void liveAndDie(Topics topics, boolean atAnyMoment) {
    RunnerProcess process = start(topics);
    events.send(topics.in(), ROWS_PER_LIFE);
    if (atAnyMoment) {
      pause(Duration.ofMillis(200 + random.nextInt(2_500)));
    } else {
      awaitSnapshot(process, topics.job());
      pause(Duration.ofMillis(random.nextInt(120)));
    }
    assertThat(process.isAlive()).as(process::output).isTrue();
    process.kill();
  }

  /**
   * Lets a last process do what is left, and stops it. It gets rows of its own: without them all
   * that is waited for may be there before it has begun, and what its predecessor had committed to
   * the topics, and not to the database yet, would not be there.
   */
  private void finish(Topics topics) {
    RunnerProcess last = start(topics);
    events.send(topics.in(), ROWS_PER_LIFE);
    awaitRows(last, topics);
    last.stop();
  }

  private void assertResults(Topics topics) throws IOException, SQLException {
    assertThat(KeyedEvents.byKey(topics.sums().readWhenDecided()))
        .as("seed %s", SEED)
        .isEqualTo(events.expectedSums());
    assertThat(topics.windows().readWhenDecided())
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(events.expectedWindows());
    assertThat(copies()).as("seed %s", SEED).isEqualTo(expectedCopies());
    assertThat(stored()).as("seed %s", SEED).isEqualTo(expectedStored());
  }

  private RunnerProcess start(Topics topics) {
    return RunnerProcess.start(
        folder,
        topics.job() + ".sql",
        "--snapshots",
        "snapshots",
        "--var",
        "in=" + topics.in().name(),
        "--var",
        "sums=" + topics.sums().name(),
        "--var",
        "windows=" + topics.windows().name(),
        "--var",
        "url=" + url(),
        "--var",
        "broker=" + broker.bootstrapServers());
  }

  private String url() {
    return "jdbc:h2:tcp://localhost:" + database.getPort() + "/mem:stored;DB_CLOSE_DELAY=-1";
  }

  /** Waits until the process has written a manifest. */
  private void awaitSnapshot(RunnerProcess process, String job) {
    Set<String> before = manifests(job);
    long start = System.nanoTime();
    while (before.containsAll(manifests(job))) {
      assertThat(process.isAlive()).as(process::output).isTrue();
      assertThat(System.nanoTime() - start).as(process::output).isLessThan(PATIENCE.toNanos());
      pause(PACE);
    }
  }

  private Set<String> manifests(String job) {
    Set<String> names = filesIn(folder.resolve("snapshots").resolve(job));
    names.removeIf(it -> !it.endsWith(".manifest"));
    return names;
  }

  private Set<String> filesOfState() {
    return filesIn(folder.resolve("state"));
  }

  /** All files in a folder and in those that are in it, while a process makes and removes some. */
  private static Set<String> filesIn(Path place) {
    Set<String> names = new HashSet<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            names.add(file.toString());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        };
    try {
      Files.walkFileTree(place, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private void awaitRows(RunnerProcess process, Topics topics) {
    long start = System.nanoTime();
    while (topics.sums().readCommitted().size() < events.all().size()) {
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

  private Map<String, List<String>> expectedGroups() {
    Map<String, List<String>> expected = new TreeMap<>();
    Map<String, Long> sums = new HashMap<>();
    for (KeyedEvents.Event event : events.all()) {
      String group = "{\"k\":\"" + event.key() + "\",\"g\":" + event.time() % GROUP_MILLIS;
      long sum = sums.merge(group, event.value(), Long::sum);
      List<String> lines = expected.computeIfAbsent(group, g -> new ArrayList<>());
      lines.add(group + ",\"n\":" + (lines.size() + 1) + ",\"s\":" + sum + "}");
    }
    return expected;
  }

  private Map<String, List<String>> groups() throws IOException {
    Map<String, List<String>> groups = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("groups.json"))) {
      groups
          .computeIfAbsent(line.substring(0, line.indexOf(",\"n\"")), g -> new ArrayList<>())
          .add(line);
    }
    return groups;
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
