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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Engines that share a job, each as a process would. */
@ExtendWith(KafkaBrokerExtension.class)
final class SharedJobBrokerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PACE = Duration.ofMillis(50);
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\nSET 'shared' = 'true';\n"
          + KeyedEvents.queries(Duration.ofSeconds(1));

  private final KafkaBroker broker;
  private final KeyedEvents events = new KeyedEvents(new Random(7));
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path folder;

  SharedJobBrokerTest(KafkaBroker broker) {
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
        .withVariable("broker", broker.bootstrapServers());
  }

  private void createTopics(String name, int partitions) {
    TestTopic.create(broker, name + "-in", partitions);
    TestTopic.create(broker, name + "-sums", 1);
    TestTopic.create(broker, name + "-windows", 1);
  }

  private SharedJob share(String name, String script) {
    Engine engine = engine();
    SharedJob job = engine.share(name, engine.compile(deployment(name, script)));
    open.add(job);
    return job;
  }

  /** A job that has had fifty rows, and committed what came of them. */
  private SharedJob shareWithRows(String name) {
    createTopics(name, KeyedEvents.PARTITIONS);
    SharedJob job = share(name, SCRIPT);
    job.start();
    events.send(topic(name + "-in", KeyedEvents.PARTITIONS), 50);
    awaitTrue(job, () -> topic(name + "-sums", 1).readCommitted().size() == 50);
    return job;
  }

  private static void awaitTrue(SharedJob job, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(job.failure()).isEmpty();
      assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private TestTopic topic(String name, int partitions) {
    return new TestTopic(broker, name, partitions);
  }

  @Test
  void shouldTakeStateAlongWhenPartitionsMove() {
    SharedJob first = shareWithRows("share-move");
    TestTopic in = topic("share-move-in", KeyedEvents.PARTITIONS);
    TestTopic sums = topic("share-move-sums", 1);
    assertThat(first.partitions()).containsExactly(0, 1);
    SharedJob second = share("share-move", SCRIPT);
    second.start();
    awaitTrue(second, () -> second.partitions().size() == 1 && first.partitions().size() == 1);
    events.send(in, 50);
    awaitTrue(second, () -> sums.readCommitted().size() == 100);
    first.stop();
    events.send(in, 50);
    awaitTrue(second, () -> sums.readCommitted().size() == 150);
    second.stop();

    assertThat(KeyedEvents.byKey(sums.readWhenDecided())).isEqualTo(events.expectedSums());
    assertThat(topic("share-move-windows", 1).readWhenDecided())
        .containsExactlyInAnyOrderElementsOf(events.expectedWindowsOfPartitions());
    assertThat(first.metrics().totalIn() + second.metrics().totalIn()).isEqualTo(150);
  }

  @Test
  void shouldWaitForATurnWhenThereAreFewerPartitions() {
    createTopics("share-idle", 1);
    SharedJob first = share("share-idle", SCRIPT);
    first.start();
    awaitTrue(first, () -> first.partitions().equals(Set.of(0)));
    SharedJob second = share("share-idle", SCRIPT);
    second.start();
    TestTopic in = topic("share-idle-in", 1);
    awaitTrue(
        second, () -> in.partitionsOfMembers("share-idle.millrace-members").equals(List.of(0, 1)));
    assertThat(second.partitions()).isEmpty();

    first.stop();

    awaitTrue(second, () -> second.partitions().equals(Set.of(0)));
  }

  @Test
  void shouldRefuseAnotherScriptWhileOneRuns() {
    createTopics("share-other", KeyedEvents.PARTITIONS);
    SharedJob first = share("share-other", SCRIPT);
    first.start();
    awaitTrue(first, () -> first.partitions().size() == 2);
    SharedJob other = share("share-other", SCRIPT.replace("max(v)", "min(v)"));
    other.start();

    assertThatThrownBy(() -> other.await(PATIENCE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "job 'share-other': cannot share it: another process runs a job of this name with"
                + " another script");
    assertThat(first.failure()).isEmpty();
    assertThat(first.partitions()).hasSize(2);
  }

  @Test
  void shouldTakeANewScriptWhenTheOthersHaveEnded() {
    SharedJob first = shareWithRows("share-new");
    TestTopic in = topic("share-new-in", KeyedEvents.PARTITIONS);
    TestTopic sums = topic("share-new-sums", 1);
    first.stop();
    SharedJob next =
        share("share-new", SCRIPT + "CREATE STREAM Large AS SELECT k FROM Events WHERE v > 500;");
    next.start();
    events.send(in, 50);
    awaitTrue(next, () -> sums.readCommitted().size() == 100);
    next.stop();

    assertThat(KeyedEvents.byKey(sums.readWhenDecided())).isEqualTo(events.expectedSums());
  }

  @Test
  void shouldRefuseToRunAloneWhatIsShared() {
    SharedJob first = shareWithRows("share-alone");
    Engine alone = engine();

    assertThatThrownBy(
            () -> alone.deploy(deployment("share-alone", SCRIPT).withSetting("shared", "false")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("job 'share-alone': it has been shared among processes");
    assertThat(first.failure()).isEmpty();
  }

  @Test
  void shouldRefuseToShareWhatHasRunAlone() {
    createTopics("share-whole", KeyedEvents.PARTITIONS);
    Job whole = engine().deploy(deployment("share-whole", SCRIPT).withSetting("shared", "false"));
    whole.start();
    whole.commit(PATIENCE);
    whole.stop();
    SharedJob shared = share("share-whole", SCRIPT);
    shared.start();

    assertThatThrownBy(() -> shared.await(PATIENCE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("it has run without being shared");
  }

  @Test
  void shouldRefuseTopicsWithDifferentNumbersOfPartitions() {
    createTopics("share-unequal", 2);
    TestTopic.create(broker, "share-unequal-more", 3);
    String script = SCRIPT.replace("topic = '${in}'", "topic = '${in}, share-unequal-more'");

    assertThatThrownBy(() -> share("share-unequal", script))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'share-unequal' cannot be shared: topic 'share-unequal-in' has 2 partitions and"
                + " topic 'share-unequal-more' 3, so equal keys are not in partitions of the same"
                + " number; give both equally many, or run the job without --shared");
  }

  @Test
  void shouldCountATopicOnceThatSeveralStreamsRead() {
    createTopics("share-twice", 2);
    TestTopic.create(broker, "share-twice-more", 2);
    String more =
        """
        CREATE STREAM Again (k STRING KEY, v BIGINT)
        WITH (connector = 'kafka', topic = '${in}, share-twice-more', format = 'json', bootstrap.servers = '${broker}');
        """;

    assertThat(share("share-twice", SCRIPT + more).partitionCount()).isEqualTo(2);
  }
}
