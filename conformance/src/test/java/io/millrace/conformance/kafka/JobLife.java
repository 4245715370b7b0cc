package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.state.store.FileSnapshotStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs exactly-once jobs in this process, each until all that is in its topics is committed. */
final class JobLife {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private JobLife() {}

  /**
   * Runs a job until the groups of its streams have committed the ends of their topics, and stops
   * it.
   *
   * @param folder where its snapshots are: a job of a name goes on from the last
   * @param ends by the streams' names, the topics that they read, and how many records each
   *     partition of them has
   */
  static void run(Path folder, Deployment deployment, Map<String, Ends> ends) {
    try (Engine engine = Engine.builder().snapshots(new FileSnapshotStores(folder, null)).build()) {
      Job job = engine.deploy(deployment);
      job.start();
      long start = System.nanoTime();
      do {
        assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
        job.commit(PATIENCE);
      } while (!ends.entrySet().stream()
          .allMatch(it -> it.getValue().areCommitted(job.name() + "." + it.getKey())));
      job.stop();
      assertThat(job.failure()).isEmpty();
    }
  }

  /** How many records each partition of a topic has. */
  record Ends(TestTopic topic, long[] records) {
    private boolean areCommitted(String group) {
      for (int partition = 0; partition < records.length; partition++) {
        if (!topic.committed(group, partition).equals(Optional.of(records[partition]))) {
          return false;
        }
      }
      return true;
    }
  }
}
