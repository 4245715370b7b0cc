package io.millrace.engine;

import io.millrace.engine.delivery.DeliveryPlan;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.commit.CommitCycle;
import io.millrace.runtime.commit.FlushCycle;
import io.millrace.runtime.commit.JobRestore;
import io.millrace.runtime.commit.JobSinks;
import io.millrace.runtime.commit.Recovery;
import io.millrace.runtime.commit.SnapshotCycle;
import io.millrace.runtime.commit.SnapshotMetrics;
import io.millrace.runtime.source.Feed;
import io.millrace.runtime.source.SourceRunner;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.SnapshotStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to run a job: its open sources and sinks, where it begins, and how what it reads and
 * writes becomes final. It ends when the job ends or fails; a restart makes another.
 */
final class JobAttempt implements AutoCloseable {
  private final String job;
  private final EngineCore core;
  private final CircuitJob circuit;
  private final JobPipes pipes;
  private final OpenInputs inputs;
  private final JobSinks sinks;
  private final List<Feed> feeds;
  private final Start start;
  private volatile @Nullable SourceRunner runner;
  private volatile @Nullable CommitCycle cycle;

  /**
   * Where an attempt begins.
   *
   * @param store keeps the job's snapshots; null if it keeps none
   * @param manifest the snapshot that it has been restored from; empty if it begins anew
   * @param position how far its sources are in the snapshot; null if it begins anew
   * @param nextId the number of its first snapshot
   */
  record Start(
      @Nullable SnapshotStore store,
      Optional<Manifest> manifest,
      @Nullable JobRestore position,
      long nextId) {
    static final Start ANEW = new Start(null, Optional.empty(), null, 1);
  }

  JobAttempt(
      String job,
      EngineCore core,
      CircuitJob circuit,
      JobPipes pipes,
      OpenInputs inputs,
      JobSinks sinks,
      List<Feed> feeds,
      Start start) {
    this.job = job;
    this.core = core;
    this.circuit = circuit;
    this.pipes = pipes;
    this.inputs = inputs;
    this.sinks = sinks;
    this.feeds = List.copyOf(feeds);
    this.start = start;
  }

  /** Whether nothing has been read before. */
  boolean beginsAnew() {
    return start.manifest().map(Recovery::isBeginning).orElse(true);
  }

  /** Begins to read, and to take snapshots if the job keeps any. */
  void start(JobSettings settings, DeliveryPlan delivery) {
    SourceRunner started = new SourceRunner(core.circuit(), core.turns(), feeds);
    runner = started;
    JobRestore position = start.position();
    if (position != null) {
      position.skipTaken(started);
    }
    SnapshotStore store = start.store();
    if (store == null) {
      cycle =
          new FlushCycle(
              core.turns(), core::flush, started, core.clock(), settings.snapshots().interval());
      return;
    }
    cycle =
        new SnapshotCycle(
            new SnapshotCycle.JobParts(
                job,
                circuit,
                started,
                sinks,
                core.turns(),
                core.clock(),
                Map.of("delivery", delivery.print())),
            settings.snapshots(),
            store,
            start.manifest().orElse(null),
            start.nextId());
  }

  boolean hasSources() {
    return !feeds.isEmpty();
  }

  boolean isBounded() {
    return feeds.stream().allMatch(Feed::isBounded);
  }

  SourceRunner runner() {
    return require(runner);
  }

  CommitCycle cycle() {
    return require(cycle);
  }

  SnapshotMetrics snapshotMetrics() {
    CommitCycle current = cycle;
    return current == null ? SnapshotMetrics.NONE : current.metrics();
  }

  /** Has a snapshot committed now; empty if the job keeps none. */
  Optional<CompletableFuture<Long>> commitNow() {
    return cycle instanceof SnapshotCycle snapshots
        ? Optional.of(snapshots.request())
        : Optional.empty();
  }

  /** Has the snapshot after a capture that somebody else took stand by itself. */
  void noteForeignCapture() {
    if (cycle instanceof SnapshotCycle snapshots) {
      snapshots.beginAnew();
    }
  }

  private static <T> T require(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the attempt has not been started");
    }
    return part;
  }

  /** Releases sources and sinks; what is not final by then never becomes so. */
  @Override
  public void close() {
    Closing closing = new Closing();
    CommitCycle ended = cycle;
    if (ended != null) {
      closing.then(ended::close);
    }
    closing.then(() -> core.turns().run(pipes::closeSinks));
    sinks.staged().values().forEach(sink -> closing.then(sink::close));
    SourceRunner started = runner;
    if (started != null) {
      closing.then(started::close);
    }
    closing.then(inputs::close);
    SnapshotStore store = start.store();
    if (store != null) {
      closing.then(store::close);
    }
    closing.finish();
  }
}
