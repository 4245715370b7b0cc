package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.SharedJob;
import io.millrace.spi.error.MillraceException;
import io.millrace.state.store.FileSnapshotStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Engines that share a job whose parts give each other rows. */
@ExtendWith(KafkaBrokerExtension.class)
final class ExchangeBrokerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PACE = Duration.ofMillis(50);
  private static final int PARTITIONS = 4;
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\nSET 'shared' = 'true';\n" + GroupedEvents.queries(1_000);

  private final KafkaBroker broker;
  private final GroupedEvents events = new GroupedEvents(new Random(11), PARTITIONS);
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path folder;

  ExchangeBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @AfterEach
  void close() throws Exception {
    Collections.reverse(open);
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private Engine engine() {
    Engine engine =
        Engine.builder().snapshots(new FileSnapshotStores(folder.resolve("s"), null)).build();
    open.add(engine);
    return engine;
  }

  private Deployment deployment(String name, String script) {
    return Deployment.of(script)
        .named(name)
        .withVariable("in", name + "-in")
        .withVariable("sums", name + "-sums")
        .withVariable("windows", name + "-windows")
        .withVariable("sizes", name + "-sizes")
        .withVariable("broker", broker.bootstrapServers());
  }

  private void createTopics(String name, int partitions) {
    TestTopic.create(broker, name + "-in", partitions);
    for (String out : List.of("-sums", "-windows", "-sizes")) {
      TestTopic.create(broker, name + out, 1);
    }
  }

  private SharedJob share(String name) {
    return share(name, SCRIPT);
  }

  private SharedJob share(String name, String script) {
    Engine engine = engine();
    SharedJob job = engine.share(name, engine.compile(deployment(name, script)));
    open.add(job);
    job.start();
    return job;
  }

  private static void awaitTrue(List<SharedJob> jobs, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      jobs.forEach(job -> assertThat(job.failure()).isEmpty());
      assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private TestTopic topic(String name, int partitions) {
    return new TestTopic(broker, name, partitions);
  }

  private boolean isAllThere(String name) {
    return topic(name + "-sums", 1).readCommitted().size() >= events.sums()
        && topic(name + "-windows", 1).readCommitted().size() >= events.expectedWindows().size()
        && topic(name + "-sizes", 1).readCommitted().size() >= events.expectedSizes().size();
  }

  private void assertResults(String name) {
    assertThat(GroupedEvents.lastByGroup(topic(name + "-sums", 1).readWhenDecided()))
        .isEqualTo(events.expectedTotals());
    assertThat(topic(name + "-windows", 1).readWhenDecided())
        .containsExactlyInAnyOrderElementsOf(events.expectedWindows());
    assertThat(topic(name + "-sizes", 1).readWhenDecided())
        .containsExactlyInAnyOrderElementsOf(events.expectedSizes());
  }

  @Test
  void shouldGiveWhatTheJobGivesThatIsNotShared() {
    createTopics("whole", PARTITIONS);
    Job job = engine().deploy(deployment("whole", SCRIPT).withSetting("shared", "false"));
    open.add(job);
    job.start();
    events.send(topic("whole-in", PARTITIONS), 500);
    events.sendLast(topic("whole-in", PARTITIONS));
    awaitTrue(List.of(), () -> isAllThere("whole"));
    job.stop();

    assertResults("whole");
  }

  @Test
  void shouldBringRowsTogetherInOneProcess() {
    createTopics("exchange-one", PARTITIONS);
    SharedJob job = share("exchange-one");
    TestTopic in = topic("exchange-one-in", PARTITIONS);
    events.send(in, 500);
    events.sendLast(in);
    awaitTrue(List.of(job), () -> isAllThere("exchange-one"));
    job.stop();

    assertResults("exchange-one");
    assertThat(job.metrics().totalIn()).isEqualTo(500 + PARTITIONS);
    assertThat(job.explainAnalyze()).contains("Stream exchange-aggregate-");
  }

  @Test
  void shouldBringRowsTogetherForTasks() {
    createTopics("exchange-tasks", PARTITIONS);
    SharedJob job = share("exchange-tasks", "SET 'parallelism' = '2';\n" + SCRIPT);
    TestTopic in = topic("exchange-tasks-in", PARTITIONS);
    events.send(in, 500);
    events.sendLast(in);
    awaitTrue(List.of(job), () -> isAllThere("exchange-tasks"));
    job.stop();

    assertResults("exchange-tasks");
  }

  /** The rows of the second stream are late by its own watermark, which is far behind. */
  @Test
  void shouldBringRowsOfSeveralInputsTogether() {
    createTopics("exchange-union", PARTITIONS);
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
    TestTopic windows = topic("exchange-union-windows", 1);
    List<ProducerRecord<byte[], byte[]>> early = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> rest = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      TestTopic in = topic("exchange-union-in", PARTITIONS);
      early.add(in.record(partition, null, "k", "{\"g\":\"a\",\"v\":1,\"ts\":500}"));
      early.add(in.record(partition, null, "k", "{\"g\":\"a\",\"v\":2,\"ts\":30}"));
      rest.add(other.record(partition, null, null, "{\"g\":\"a\",\"v\":4,\"ts\":20}"));
      rest.add(other.record(partition, null, null, "{\"g\":\"a\",\"v\":8,\"ts\":520}"));
      rest.add(other.record(partition, null, null, "{\"g\":\"b\",\"v\":16,\"ts\":50}"));
    }
    topic("exchange-union-in", PARTITIONS).send(early);
    other.send(rest);
    awaitTrue(List.of(job), () -> !windows.readCommitted().isEmpty());
    job.stop();

    assertThat(windows.readWhenDecided()).containsExactly("a={\"g\":\"a\",\"n\":4,\"s\":16}@99");
  }

  @Test
  void shouldNotLeaveSilentPartitionsOut() {
    createTopics("exchange-idle", PARTITIONS);
    String script = SCRIPT.replace("TIMESTAMP BY ts)", "TIMESTAMP BY ts IDLE TIMEOUT 300 MS)");

    assertThatThrownBy(() -> share("exchange-idle", script))
        .hasMessageContaining(
            "needs rows of several partitions, and 'Events' has an IDLE TIMEOUT: by the time that a"
                + " partition speaks again, the others may have gone on without it, so its rows would"
                + " be late");
  }

  @Test
  void shouldBringAllRowsTogetherForAnAggregateOfAll() {
    createTopics("exchange-all", PARTITIONS);
    SharedJob job =
        share(
            "exchange-all",
            SCRIPT
                .replace(
                    "SELECT g, count(*) AS n, sum(v) AS s FROM Events WINDOW",
                    "SELECT count(*) AS n, sum(v) AS s FROM Events WINDOW")
                .replace("WINDOW TUMBLING (100 MS) GROUP BY g", "WINDOW TUMBLING (1000 SEC)"));
    TestTopic in = topic("exchange-all-in", PARTITIONS);
    events.send(in, 300);
    events.sendLast(in);
    TestTopic windows = topic("exchange-all-windows", 1);
    awaitTrue(List.of(job), () -> !windows.readCommitted().isEmpty());
    job.stop();

    assertThat(windows.readWhenDecided())
        .containsExactly("null={\"n\":300,\"s\":" + events.sumOf(300) + "}@" + (1_000_000 - 1));
  }

  @Test
  void shouldDeleteWhatHasBeenReadOfInternalTopics() {
    createTopics("exchange-purge", PARTITIONS);
    SharedJob job = share("exchange-purge");
    TestTopic in = topic("exchange-purge-in", PARTITIONS);
    events.send(in, 100);
    String name = internalTopics(job).get(0);
    TestTopic internal = topic(name, PARTITIONS);
    awaitTrue(List.of(job), () -> internal.first(0) > 0);
    assertThat(internal.first(0)).isLessThanOrEqualTo(internal.committed(name, 0).orElseThrow());
  }

  private static List<String> internalTopics(SharedJob job) {
    return Arrays.stream(job.explainAnalyze().split("\n"))
        .filter(line -> line.contains("Stream exchange-"))
        .map(line -> job.name() + ".millrace-" + line.strip().split(" ")[2].replace(",", ""))
        .distinct()
        .toList();
  }

  @Test
  void shouldRefuseAnInternalTopicWithAnotherNumberOfPartitions() {
    createTopics("exchange-other", PARTITIONS);
    SharedJob job = share("exchange-other");
    String internal = internalTopics(job).get(0);
    job.stop();
    createTopics("exchange-again", 2);
    TestTopic.create(broker, internal.replace("exchange-other", "exchange-again"), 3);

    assertThatThrownBy(() -> share("exchange-again"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "job 'exchange-again': its internal topic '"
                + internal.replace("exchange-other", "exchange-again")
                + "' has 3 partitions, and the topics that it reads have 2: ");
  }

  @Test
  void shouldBringRowsTogetherInThreeProcessesThatComeAndGo() {
    createTopics("exchange-three", PARTITIONS);
    List<SharedJob> jobs = new ArrayList<>(List.of(share("exchange-three")));
    TestTopic in = topic("exchange-three-in", PARTITIONS);
    events.send(in, 200);
    jobs.add(share("exchange-three"));
    events.send(in, 200);
    jobs.add(share("exchange-three"));
    awaitTrue(jobs, () -> jobs.stream().noneMatch(job -> job.partitions().isEmpty()));
    events.send(in, 200);
    awaitTrue(jobs, () -> topic("exchange-three-sums", 1).readCommitted().size() >= events.sums());
    jobs.remove(0).stop();
    events.send(in, 200);
    jobs.add(share("exchange-three"));
    events.sendLast(in);
    awaitTrue(jobs, () -> isAllThere("exchange-three"));
    jobs.forEach(SharedJob::stop);

    assertResults("exchange-three");
  }
}
