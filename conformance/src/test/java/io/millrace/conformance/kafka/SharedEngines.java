package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.SharedJob;
import io.millrace.state.store.FileSnapshotStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Engines that share jobs, each as a process would, from a topic to others of one partition. */
final class SharedEngines implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PACE = Duration.ofMillis(50);

  private final KafkaBroker broker;
  private final Path snapshots;
  private final List<String> outputs;
  private final List<AutoCloseable> open = new ArrayList<>();

  /**
   * @param outputs the names of the topics that scripts write, behind that of the job and a hyphen;
   *     scripts have them, and {@code in}, as variables
   */
  SharedEngines(KafkaBroker broker, Path folder, List<String> outputs) {
    this.broker = broker;
    this.snapshots = folder.resolve("s");
    this.outputs = outputs;
  }

  void createTopics(String job, int partitions) {
    TestTopic.create(broker, job + "-in", partitions);
    outputs.forEach(output -> TestTopic.create(broker, job + "-" + output, 1));
  }

  TestTopic topic(String name, int partitions) {
    return new TestTopic(broker, name, partitions);
  }

  Engine engine() {
    return opened(Engine.builder().snapshots(new FileSnapshotStores(snapshots, null)).build());
  }

  /** Has something closed in the end, before what was opened earlier. */
  <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  Deployment deployment(String job, String script) {
    Deployment deployment =
        Deployment.of(script)
            .named(job)
            .withVariable("in", job + "-in")
            .withVariable("broker", broker.bootstrapServers());
    for (String output : outputs) {
      deployment = deployment.withVariable(output, job + "-" + output);
    }
    return deployment;
  }

  /** A job in an engine of its own, not started. */
  SharedJob share(String job, String script) {
    Engine engine = engine();
    return opened(engine.share(job, engine.compile(deployment(job, script))));
  }

  static void awaitTrue(List<SharedJob> jobs, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      jobs.forEach(job -> assertThat(job.failure()).isEmpty());
      assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  @Override
  public void close() throws Exception {
    Collections.reverse(open);
    for (AutoCloseable one : open) {
      one.close();
    }
  }
}
