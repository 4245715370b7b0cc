package io.millrace.benchmarks.snapshots;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.state.store.FileSnapshotStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A job that counts and sums rows of many keys and takes snapshots when it is told to. What it
 * sends is looked at by a subscriber: when each row was due. {@code -Dbackend=chronicle} keeps its
 * state in files, {@code -Dtasks=4} in so many tasks.
 */
final class KeyedJob implements AutoCloseable {
  /** The state of a key: a count, a sum and a time, with what is needed to find them. */
  private static final String QUERY =
      "CREATE STREAM Sums AS SELECT k, count(*) AS n, sum(v) AS s, max(due) AS due FROM Rows GROUP BY k;";

  private static final String BACKEND = System.getProperty("backend", "heap");
  private static final String TASKS = System.getProperty("tasks", "1");
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private final KeyedRows rows;
  private final Engine engine;
  private final Job job;
  private volatile @Nullable Latencies latencies;

  /** Begins, or goes on from the snapshots of the folder. */
  KeyedJob(KeyedRows rows, Path folder) {
    this.rows = rows;
    this.engine =
        Engine.builder().connector(rows).snapshots(new FileSnapshotStores(folder, null)).build();
    this.job =
        engine.deploy(
            Deployment.of(KeyedRows.STREAM + QUERY)
                .named("keyed")
                .withSetting("commit.interval", "1000 h")
                .withSetting("state.backend", BACKEND)
                .withSetting("parallelism", TASKS));
    job.output("Sums").subscribeBatches(this::look);
    job.start();
  }

  private void look(Batch batch) {
    Latencies wanted = latencies;
    if (wanted != null) {
      wanted.add(((LongColumn) batch.column(3)).values(), batch.size());
    }
  }

  /** From now on it is noted how long rows take; null for no longer. */
  void measure(@Nullable Latencies value) {
    latencies = value;
  }

  /** Where its state is. */
  String description() {
    return "state back end " + BACKEND + ", tasks: " + TASKS;
  }

  Job job() {
    return job;
  }

  KeyedRows rows() {
    return rows;
  }

  /** Has every key come once, and commits that. */
  void fill(long keys) {
    rows.setRate(Long.MAX_VALUE);
    awaitRows(keys);
    rows.setRate(0);
    job.commit(LONGEST);
  }

  /** Waits until it has taken so many rows since it was started. */
  void awaitRows(long count) {
    while (job.metrics().totalIn() < count) {
      if (job.failure().isPresent()) {
        throw new IllegalStateException(job.failure().get());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Takes a snapshot and waits until it is committed. */
  void commit() {
    job.commit(LONGEST);
  }

  @Override
  public void close() {
    rows.setRate(0);
    engine.close();
  }
}
