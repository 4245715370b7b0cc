package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.SharedJob;
import io.millrace.state.store.FileSnapshotStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
    Engine engine = engine();
    SharedJob job = engine.share(name, engine.compile(deployment(name, SCRIPT)));
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
