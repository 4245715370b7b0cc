package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.SharedJob;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Engines that share a job, each as a process would. */
@ExtendWith(KafkaBrokerExtension.class)
final class SharedJobBrokerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\nSET 'shared' = 'true';\n"
          + KeyedEvents.queries(Duration.ofSeconds(1));

  private final KafkaBroker broker;
  private final KeyedEvents events = new KeyedEvents(new Random(7));
  private final SharedEngines engines;

  SharedJobBrokerTest(KafkaBroker broker, @TempDir Path folder) {
    this.broker = broker;
    this.engines = new SharedEngines(broker, folder, List.of("sums", "windows"));
  }

  @AfterEach
  void close() throws Exception {
    engines.close();
  }

  /** A job that has had fifty rows, and committed what came of them. */
  private SharedJob shareWithRows(String name) {
    engines.createTopics(name, KeyedEvents.PARTITIONS);
    SharedJob job = engines.share(name, SCRIPT);
    job.start();
    events.send(engines.topic(name + "-in", KeyedEvents.PARTITIONS), 50);
    awaitTrue(job, () -> engines.topic(name + "-sums", 1).readCommitted().size() == 50);
    return job;
  }

  private static void awaitTrue(SharedJob job, BooleanSupplier condition) {
    SharedEngines.awaitTrue(List.of(job), condition);
  }

  @Test
  void shouldTakeStateAlongWhenPartitionsMove() {
    SharedJob first = shareWithRows("share-move");
    TestTopic in = engines.topic("share-move-in", KeyedEvents.PARTITIONS);
    TestTopic sums = engines.topic("share-move-sums", 1);
    assertThat(first.partitions()).containsExactly(0, 1);
    SharedJob second = engines.share("share-move", SCRIPT);
    second.start();
    awaitTrue(second, () -> second.partitions().size() == 1 && first.partitions().size() == 1);
    events.send(in, 50);
    awaitTrue(second, () -> sums.readCommitted().size() == 100);
    first.stop();
    events.send(in, 50);
    awaitTrue(second, () -> sums.readCommitted().size() == 150);
    second.stop();

    assertThat(KeyedEvents.byKey(sums.readWhenDecided())).isEqualTo(events.expectedSums());
    assertThat(engines.topic("share-move-windows", 1).readWhenDecided())
        .containsExactlyInAnyOrderElementsOf(events.expectedWindowsOfPartitions());
    assertThat(first.metrics().totalIn() + second.metrics().totalIn()).isEqualTo(150);
  }

  @Test
  void shouldWaitForATurnWhenThereAreFewerPartitions() {
    engines.createTopics("share-idle", 1);
    SharedJob first = engines.share("share-idle", SCRIPT);
    first.start();
    awaitTrue(first, () -> first.partitions().equals(Set.of(0)));
    SharedJob second = engines.share("share-idle", SCRIPT);
    second.start();
    TestTopic in = engines.topic("share-idle-in", 1);
    awaitTrue(
        second, () -> in.partitionsOfMembers("share-idle.millrace-members").equals(List.of(0, 1)));
    assertThat(second.partitions()).isEmpty();

    first.stop();

    awaitTrue(second, () -> second.partitions().equals(Set.of(0)));
  }

  @Test
  void shouldRefuseAnotherScriptWhileOneRuns() {
    engines.createTopics("share-other", KeyedEvents.PARTITIONS);
    SharedJob first = engines.share("share-other", SCRIPT);
    first.start();
    awaitTrue(first, () -> first.partitions().size() == 2);
    SharedJob other = engines.share("share-other", SCRIPT.replace("max(v)", "min(v)"));
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
    TestTopic in = engines.topic("share-new-in", KeyedEvents.PARTITIONS);
    TestTopic sums = engines.topic("share-new-sums", 1);
    first.stop();
    SharedJob next =
        engines.share(
            "share-new", SCRIPT + "CREATE STREAM Large AS SELECT k FROM Events WHERE v > 500;");
    next.start();
    events.send(in, 50);
    awaitTrue(next, () -> sums.readCommitted().size() == 100);
    next.stop();

    assertThat(KeyedEvents.byKey(sums.readWhenDecided())).isEqualTo(events.expectedSums());
  }

  @Test
  void shouldRefuseToRunAloneWhatIsShared() {
    SharedJob first = shareWithRows("share-alone");
    Engine alone = engines.engine();

    assertThatThrownBy(
            () ->
                alone.deploy(
                    engines.deployment("share-alone", SCRIPT).withSetting("shared", "false")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("job 'share-alone': it has been shared among processes");
    assertThat(first.failure()).isEmpty();
  }

  @Test
  void shouldRefuseToShareWhatHasRunAlone() {
    engines.createTopics("share-whole", KeyedEvents.PARTITIONS);
    Job whole =
        engines
            .engine()
            .deploy(engines.deployment("share-whole", SCRIPT).withSetting("shared", "false"));
    whole.start();
    whole.commit(PATIENCE);
    whole.stop();
    SharedJob shared = engines.share("share-whole", SCRIPT);
    shared.start();

    assertThatThrownBy(() -> shared.await(PATIENCE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("it has run without being shared");
  }

  @Test
  void shouldRefuseTopicsWithDifferentNumbersOfPartitions() {
    engines.createTopics("share-unequal", 2);
    TestTopic.create(broker, "share-unequal-more", 3);
    String script = SCRIPT.replace("topic = '${in}'", "topic = '${in}, share-unequal-more'");

    assertThatThrownBy(() -> engines.share("share-unequal", script))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'share-unequal' cannot be shared: topic 'share-unequal-in' has 2 partitions and"
                + " topic 'share-unequal-more' 3, so equal keys are not in partitions of the same"
                + " number; give both equally many, or run the job without --shared");
  }

  @Test
  void shouldCountATopicOnceThatSeveralStreamsRead() {
    engines.createTopics("share-twice", 2);
    TestTopic.create(broker, "share-twice-more", 2);
    String more =
        """
        CREATE STREAM Again (k STRING KEY, v BIGINT)
        WITH (connector = 'kafka', topic = '${in}, share-twice-more', format = 'json', bootstrap.servers = '${broker}');
        """;

    assertThat(engines.share("share-twice", SCRIPT + more).partitionCount()).isEqualTo(2);
  }
}
