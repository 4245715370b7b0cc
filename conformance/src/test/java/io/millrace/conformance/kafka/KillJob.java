package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.Debugger;
import io.millrace.conformance.process.RunnerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.h2.tools.Server;

/**
 * A job with keyed aggregates and windows, whose output goes to topics, to a file and to a
 * database, for real processes that are killed; and what must have come of it in the end.
 *
 * <p>The database is in this process, as databases are in others than those that use them: one in
 * the process that is killed would go back behind transactions that it had committed (H2 writes
 * them later, also with {@code WRITE_DELAY=0}).
 */
final class KillJob implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** 1,200 groups for each key, each with an event now and then. */
  private static final int GROUP_MILLIS = 6_000;

  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\n"
          + KeyedEvents.QUERIES.replace(
              "'${broker}'", "'${broker}', connect.timeout = '3 MIN'") // machines may be busy
          + """
      CREATE STREAM Copies WITH (connector = 'file', path = '${here}/copies.json', format = 'json') AS
      SELECT k, v FROM Events;

      CREATE STREAM Stored
      WITH (connector = 'jdbc', url = '${url}', table = 'stored', create.table = 'true') AS
      SELECT k, v FROM Events;
      """;

  /** Aggregates by very many groups. */
  private static final String GROUPS =
      """
      CREATE STREAM Groups WITH (connector = 'file', path = '${here}/groups.json', format = 'json') AS
      SELECT k, ts % 6000 AS g, count(*) AS n, sum(v) AS s FROM Events GROUP BY k, ts % 6000;
      """;

  private final KafkaBroker broker;
  private final Path folder;
  private final String name;
  private final KeyedEvents events;
  private final TestTopic in;
  private final TestTopic sums;
  private final TestTopic windows;
  private final Server database;

  private KillJob(KafkaBroker broker, Path folder, String name, String script, KeyedEvents events)
      throws IOException, SQLException {
    this.broker = broker;
    this.folder = folder;
    this.name = name;
    this.events = events;
    Files.writeString(folder.resolve(name + ".sql"), script);
    in = TestTopic.create(broker, name + "-in", KeyedEvents.PARTITIONS);
    sums = TestTopic.create(broker, name + "-sums", 2);
    windows = TestTopic.create(broker, name + "-windows", 1);
    database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
  }

  /** A job that keeps little state. */
  static KillJob small(KafkaBroker broker, Path folder, String name, KeyedEvents events)
      throws IOException, SQLException {
    return new KillJob(broker, folder, name, SCRIPT, events);
  }

  /**
   * A job that has very many groups as well.
   *
   * @param settings of the script
   */
  static KillJob ofManyGroups(
      KafkaBroker broker, Path folder, String name, KeyedEvents events, String settings)
      throws IOException, SQLException {
    return new KillJob(broker, folder, name, settings + SCRIPT + GROUPS, events);
  }

  RunnerProcess start() {
    return RunnerProcess.start(folder, arguments());
  }

  RunnerProcess start(Debugger debugger) {
    return RunnerProcess.start(folder, debugger, arguments());
  }

  private String[] arguments() {
    return new String[] {
      name + ".sql",
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
      "broker=" + broker.bootstrapServers()
    };
  }

  private String url() {
    return "jdbc:h2:tcp://localhost:" + database.getPort() + "/mem:stored;DB_CLOSE_DELAY=-1";
  }

  /** Where the snapshots of the job are. */
  Path snapshots() {
    return folder.resolve("snapshots").resolve(name);
  }

  /** Sends more events. */
  void send(int count) {
    events.send(in, count);
  }

  /** Waits until the sums of all events are committed. */
  void awaitRows(RunnerProcess process) {
    long start = System.nanoTime();
    while (sums.readCommitted().size() < events.all().size()) {
      assertThat(process.isAlive()).as(process::output).isTrue();
      assertThat(System.nanoTime() - start).as(process::output).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  /**
   * Lets a last process do what is left, and stops it. It gets rows of its own: without them all
   * that is waited for may be there before it has begun, and what its predecessor had committed to
   * the topics, and not to the database yet, would not be there.
   */
  void finish(int rows) {
    RunnerProcess last = start();
    send(rows);
    awaitRows(last);
    last.stop();
  }

  /** Compares all that was committed with what had to be. */
  void assertResults(String description) throws IOException, SQLException {
    assertThat(KeyedEvents.byKey(sums.readWhenDecided()))
        .as(description)
        .isEqualTo(events.expectedSums());
    assertThat(windows.readWhenDecided())
        .as(description)
        .containsExactlyInAnyOrderElementsOf(events.expectedWindows());
    assertThat(lines("copies.json", line -> line.substring(6, 8)))
        .as(description)
        .isEqualTo(expectedCopies());
    assertThat(stored()).as(description).isEqualTo(expectedStored());
  }

  /** Compares the groups, if there are {@linkplain #ofManyGroups many}. */
  void assertGroups(String description) throws IOException {
    assertThat(lines("groups.json", line -> line.substring(0, line.indexOf(",\"n\""))))
        .as(description)
        .isEqualTo(expectedGroups());
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

  private Map<String, List<String>> expectedGroups() {
    Map<String, List<String>> expected = new TreeMap<>();
    Map<String, Long> sumsOfGroups = new HashMap<>();
    for (KeyedEvents.Event event : events.all()) {
      String group = "{\"k\":\"" + event.key() + "\",\"g\":" + event.time() % GROUP_MILLIS;
      long sum = sumsOfGroups.merge(group, event.value(), Long::sum);
      List<String> lines = expected.computeIfAbsent(group, g -> new ArrayList<>());
      lines.add(group + ",\"n\":" + (lines.size() + 1) + ",\"s\":" + sum + "}");
    }
    return expected;
  }

  /** The lines of a file, by their keys and in order. */
  private Map<String, List<String>> lines(String file, Function<String, String> key)
      throws IOException {
    Map<String, List<String>> lines = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      lines.computeIfAbsent(key.apply(line), k -> new ArrayList<>()).add(line);
    }
    return lines;
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

  /** Ends the database. */
  @Override
  public void close() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
    database.stop();
  }
}
