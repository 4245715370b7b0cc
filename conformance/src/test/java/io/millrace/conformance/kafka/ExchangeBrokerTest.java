package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Deployment;
import io.millrace.engine.Job;
import io.millrace.engine.SharedJob;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engines that share a job whose parts give each other rows. */
@ExtendWith(KafkaBrokerExtension.class)
final class ExchangeBrokerTest {
  private static final int PARTITIONS = 4;
  private static final Map<String, String> KEEPING_ALL =
      Map.of("retention.ms", "-1", "retention.bytes", "-1");
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\nSET 'shared' = 'true';\n" + GroupedEvents.queries(1_000);

  private final KafkaBroker broker;
  private final GroupedEvents events = new GroupedEvents(new Random(11), PARTITIONS);
  private final SharedEngines engines;

  ExchangeBrokerTest(KafkaBroker broker, @TempDir Path folder) {
    this.broker = broker;
    this.engines = new SharedEngines(broker, folder, GroupedEvents.OUTPUTS);
  }

  @AfterEach
  void close() throws Exception {
    engines.close();
  }

  private SharedJob share(String name) {
    return share(name, SCRIPT);
  }

  private SharedJob share(String name, String script) {
    SharedJob job = engines.share(name, script);
    job.start();
    return job;
  }

  private boolean isAllThere(String name) {
    return events.areAllIn(output -> engines.topic(name + "-" + output, 1));
  }

  private void assertResults(String name) {
    events.assertResults(output -> engines.topic(name + "-" + output, 1), name);
  }

  @Test
  void shouldGiveWhatTheJobGivesThatIsNotShared() {
    engines.createTopics("whole", PARTITIONS);
    Deployment whole = engines.deployment("whole", SCRIPT).withSetting("shared", "false");
    Job job = engines.opened(engines.engine().deploy(whole));
    job.start();
    events.send(engines.topic("whole-in", PARTITIONS), 500);
    events.sendLast(engines.topic("whole-in", PARTITIONS));
    SharedEngines.awaitTrue(List.of(), () -> isAllThere("whole"));
    job.stop();

    assertResults("whole");
  }

  @Test
  void shouldBringRowsTogetherInOneProcess() {
    engines.createTopics("exchange-one", PARTITIONS);
    SharedJob job = share("exchange-one");
    TestTopic in = engines.topic("exchange-one-in", PARTITIONS);
    events.send(in, 500);
    events.sendLast(in);
    SharedEngines.awaitTrue(List.of(job), () -> isAllThere("exchange-one"));
    job.stop();

    assertResults("exchange-one");
    assertThat(job.metrics().totalIn()).isEqualTo(500 + PARTITIONS);
    assertThat(job.explainAnalyze()).contains("Stream exchange-aggregate-");
  }

  @Test
  void shouldBringRowsTogetherForTasks() {
    engines.createTopics("exchange-tasks", PARTITIONS);
    SharedJob job = share("exchange-tasks", "SET 'parallelism' = '2';\n" + SCRIPT);
    TestTopic in = engines.topic("exchange-tasks-in", PARTITIONS);
    events.send(in, 500);
    events.sendLast(in);
    SharedEngines.awaitTrue(List.of(job), () -> isAllThere("exchange-tasks"));
    job.stop();

    assertResults("exchange-tasks");
  }

  /** The rows of the second stream are late by its own watermark, which is far behind. */
  @Test
  void shouldBringRowsOfSeveralInputsTogether() {
    engines.createTopics("exchange-union", PARTITIONS);
    TestTopic other = TestTopic.create(broker, "exchange-union-other", PARTITIONS);
    SharedJob job =
        share(
            "exchange-union",
            """
            SET 'commit.interval' = '50 ms';
            CREATE STREAM Events (k STRING KEY, g STRING, v BIGINT, ts BIGINT, TIMESTAMP BY ts)
            WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}');
            CREATE STREAM Others (g STRING, v BIGINT, ts BIGINT, TIMESTAMP BY ts)
            WITH (connector = 'kafka', topic = 'exchange-union-other', format = 'json', bootstrap.servers = '${broker}');
            CREATE STREAM Windows
            WITH (connector = 'kafka', topic = '${windows}', format = 'json', bootstrap.servers = '${broker}') AS
            SELECT g, count(*) AS n, sum(v) AS s
            FROM ((SELECT g, v FROM Events) UNION ALL (SELECT g, v FROM Others))
            WINDOW TUMBLING (100 MS) GROUP BY g;
            """);
    TestTopic windows = engines.topic("exchange-union-windows", 1);
    List<ProducerRecord<byte[], byte[]>> early = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> rest = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      TestTopic in = engines.topic("exchange-union-in", PARTITIONS);
      early.add(in.record(partition, null, "k", "{\"g\":\"a\",\"v\":1,\"ts\":500}"));
      early.add(in.record(partition, null, "k", "{\"g\":\"a\",\"v\":2,\"ts\":30}"));
      rest.add(other.record(partition, null, null, "{\"g\":\"a\",\"v\":4,\"ts\":20}"));
      rest.add(other.record(partition, null, null, "{\"g\":\"a\",\"v\":8,\"ts\":520}"));
      rest.add(other.record(partition, null, null, "{\"g\":\"b\",\"v\":16,\"ts\":50}"));
    }
    engines.topic("exchange-union-in", PARTITIONS).send(early);
    other.send(rest);
    SharedEngines.awaitTrue(List.of(job), () -> !windows.readCommitted().isEmpty());
    job.stop();

    assertThat(windows.readWhenDecided()).containsExactly("a={\"g\":\"a\",\"n\":4,\"s\":16}@99");
  }

  @Test
  void shouldPutEqualTimesOfTwoTopicsInTheOrderOfFrom() {
    engines.createTopics("exchange-equal", 1);
    TestTopic other = TestTopic.create(broker, "exchange-equal-other", 1);
    SharedJob job =
        share(
            "exchange-equal",
            """
            SET 'commit.interval' = '50 ms';
            CREATE STREAM Events (k STRING KEY, g STRING, v BIGINT, ts BIGINT, TIMESTAMP BY ts)
            WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}');
            CREATE STREAM Others (k STRING KEY, g STRING, v BIGINT, ts BIGINT, TIMESTAMP BY ts)
            WITH (connector = 'kafka', topic = 'exchange-equal-other', format = 'json', bootstrap.servers = '${broker}');
            CREATE STREAM Windows
            WITH (connector = 'kafka', topic = '${windows}', format = 'json', bootstrap.servers = '${broker}') AS
            SELECT g, first(v) AS n, last(v) AS s
            FROM ((SELECT g, v FROM Events) UNION ALL (SELECT g, v FROM Others))
            WINDOW TUMBLING (100 MS) GROUP BY g;
            """);
    TestTopic in = engines.topic("exchange-equal-in", 1);
    TestTopic windows = engines.topic("exchange-equal-windows", 1);
    other.send(List.of(other.record(0, null, "k", "{\"g\":\"a\",\"v\":2,\"ts\":10}")));
    SharedEngines.awaitTrue(
        List.of(job), () -> job.metrics().rowsIn().getOrDefault("Others", 0L) == 1);
    in.send(
        List.of(
            in.record(0, null, "k", "{\"g\":\"a\",\"v\":1,\"ts\":10}"),
            in.record(0, null, "k", "{\"g\":\"b\",\"v\":0,\"ts\":1000}")));
    other.send(List.of(other.record(0, null, "k", "{\"g\":\"b\",\"v\":0,\"ts\":1000}")));
    SharedEngines.awaitTrue(List.of(job), () -> !windows.readCommitted().isEmpty());
    job.stop();

    assertThat(windows.readWhenDecided()).containsExactly("a={\"g\":\"a\",\"n\":1,\"s\":2}@99");
  }

  @Test
  void shouldBringAllRowsTogetherForAnAggregateOfAll() {
    engines.createTopics("exchange-all", PARTITIONS);
    SharedJob job =
        share(
            "exchange-all",
            SCRIPT
                .replace(
                    "SELECT g, count(*) AS n, sum(v) AS s FROM Events WINDOW",
                    "SELECT count(*) AS n, sum(v) AS s FROM Events WINDOW")
                .replace("WINDOW TUMBLING (100 MS) GROUP BY g", "WINDOW TUMBLING (1000 SEC)"));
    TestTopic in = engines.topic("exchange-all-in", PARTITIONS);
    events.send(in, 300);
    events.sendLast(in);
    TestTopic windows = engines.topic("exchange-all-windows", 1);
    SharedEngines.awaitTrue(List.of(job), () -> !windows.readCommitted().isEmpty());
    job.stop();

    assertThat(windows.readWhenDecided())
        .containsExactly("null={\"n\":300,\"s\":" + events.sumOf(300) + "}@" + (1_000_000 - 1));
  }

  @Test
  void shouldWriteRowsOfPartitionZeroTogetherWithThoseOfAll() {
    engines.createTopics("exchange-mixed", PARTITIONS);
    SharedJob job =
        share(
            "exchange-mixed",
            """
            SET 'commit.interval' = '50 ms';
            CREATE STREAM Events (k STRING KEY, g STRING, v BIGINT, ts BIGINT, TIMESTAMP BY ts)
            WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}');
            CREATE STREAM Totals AS SELECT count(*) AS n FROM Events WINDOW TUMBLING (1000 SEC);
            CREATE STREAM Mixed
            WITH (connector = 'kafka', topic = '${windows}', format = 'json', bootstrap.servers = '${broker}') AS
            SELECT n + 1000 AS m
            FROM ((SELECT n FROM Totals) UNION ALL (SELECT v AS n FROM Events WHERE v < 500))
            WHERE n >= 10;
            """);
    TestTopic in = engines.topic("exchange-mixed-in", PARTITIONS);
    events.send(in, 300);
    events.sendLast(in);
    List<String> expected = new ArrayList<>(List.of("null={\"m\":1300}@999999"));
    for (GroupedEvents.Event event : events.all()) {
      if (event.value() >= 10 && event.value() < 500) {
        expected.add("null={\"m\":" + (event.value() + 1_000) + "}@" + event.time());
      }
    }
    TestTopic mixed = engines.topic("exchange-mixed-windows", 1);
    SharedEngines.awaitTrue(List.of(job), () -> mixed.readCommitted().size() >= expected.size());
    job.stop();

    assertThat(mixed.readWhenDecided()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldDeleteWhatHasBeenReadOfInternalTopics() {
    engines.createTopics("exchange-purge", PARTITIONS);
    SharedJob job = share("exchange-purge");
    TestTopic in = engines.topic("exchange-purge-in", PARTITIONS);
    events.send(in, 100);
    String name = internalTopics(job).get(0);
    TestTopic internal = engines.topic(name, PARTITIONS);
    SharedEngines.awaitTrue(List.of(job), () -> internal.first(0) > 0);
    long first = internal.first(0);
    AtomicLong committed = new AtomicLong();
    // what a transaction has committed is seen when the brokers have heard of its end, and while
    // the next one has not begun to commit
    SharedEngines.awaitTrue(
        List.of(job),
        () -> {
          internal.committed(name, 0).ifPresent(committed::set);
          return committed.get() > 0;
        });
    assertThat(first).isLessThanOrEqualTo(committed.get());
  }

  private static List<String> internalTopics(SharedJob job) {
    return Arrays.stream(job.explainAnalyze().split("\n"))
        .filter(line -> line.contains("Stream exchange-"))
        .map(line -> job.name() + ".millrace-" + line.strip().split(" ")[2].replace(",", ""))
        .distinct()
        .toList();
  }

  /** Creates the topics of a job, and gives the name of an internal one, which is not there. */
  private String internalTopicOf(String name, int partitions) {
    String known = name + "-known";
    engines.createTopics(known, PARTITIONS);
    SharedJob job = share(known);
    String internal = internalTopics(job).get(0);
    job.stop();
    engines.createTopics(name, partitions);
    return internal.replace(known, name);
  }

  @Test
  void shouldRefuseAnInternalTopicWithAnotherNumberOfPartitions() {
    String internal = internalTopicOf("exchange-other", 2);
    TestTopic.create(broker, internal, 3);

    assertThatThrownBy(() -> share("exchange-other"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "job 'exchange-other': its internal topic '"
                + internal
                + "' has 3 partitions, and the topics that it reads have 2: ");
  }

  @ParameterizedTest
  @CsvSource({
    "cleanup.policy, compact, delete",
    "cleanup.policy, 'compact,delete', delete",
    "retention.ms, 604800000, -1",
    "retention.bytes, 1000000, -1"
  })
  void shouldRefuseAnInternalTopicThatDoesNotKeepItsRows(
      String setting, String found, String wanted) {
    String name = "exchange-" + setting + "-" + found.length();
    String internal = internalTopicOf(name, PARTITIONS);
    Map<String, String> settings = new HashMap<>(KEEPING_ALL);
    settings.put(setting, found);
    TestTopic.create(broker, internal, PARTITIONS, settings);

    assertThatThrownBy(() -> share(name))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "job '%s': its internal topic '%s' has '%s' = '%s': rows would be gone before they are"
                + " read. Set it to '%s'",
            name, internal, setting, found, wanted);
  }

  @Test
  void shouldTakeAnInternalTopicThatSomebodyMadeAsItIsToBe() {
    String internal = internalTopicOf("exchange-by-hand", PARTITIONS);
    TestTopic.create(broker, internal, PARTITIONS, KEEPING_ALL);

    share("exchange-by-hand").stop();
  }

  @Test
  void shouldBringRowsTogetherInThreeProcessesThatComeAndGo() {
    engines.createTopics("exchange-three", PARTITIONS);
    List<SharedJob> jobs = new ArrayList<>(List.of(share("exchange-three")));
    TestTopic in = engines.topic("exchange-three-in", PARTITIONS);
    events.send(in, 200);
    jobs.add(share("exchange-three"));
    events.send(in, 200);
    jobs.add(share("exchange-three"));
    SharedEngines.awaitTrue(jobs, () -> jobs.stream().noneMatch(job -> job.partitions().isEmpty()));
    events.send(in, 200);
    SharedEngines.awaitTrue(
        jobs,
        () -> engines.topic("exchange-three-sums", 1).readCommitted().size() >= events.sums());
    jobs.remove(0).stop();
    events.send(in, 200);
    jobs.add(share("exchange-three"));
    events.sendLast(in);
    SharedEngines.awaitTrue(jobs, () -> isAllThere("exchange-three"));
    jobs.forEach(SharedJob::stop);

    assertResults("exchange-three");
  }
}
