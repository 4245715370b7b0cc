package io.millrace.runtime.commit;

import io.millrace.runtime.agent.Agent;
import io.millrace.runtime.commit.PendingSnapshot.SectionContent;
import io.millrace.runtime.commit.SectionMerger.Merged;
import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.connector.PendingCommit;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotWriter;
import io.millrace.spi.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and commits the snapshots of a job on a thread of its own, one after the other. The thread
 * of the rows gives it one at a time and takes the outcome from it.
 */
final class SnapshotAgent implements Agent {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotAgent.class);
  private static final long LONGEST_WAIT_MILLIS = 100;

  private final String job;
  private final SnapshotStore store;
  private final SnapshotSettings settings;
  private final JobSinks sinks;
  private final SectionMerger merger;
  private final Clock clock;
  private final Deque<Long> retained = new ArrayDeque<>();
  private final BlockingQueue<PendingSnapshot> waiting = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(1);
  private @Nullable PendingSnapshot next;
  private @Nullable Manifest previous;
  private @Nullable Throwable failure;

  /** Set behind the failure, which may be read when this is seen. */
  private volatile boolean ended;

  private volatile SnapshotMetrics metrics = SnapshotMetrics.NONE;

  /** What became of a snapshot. */
  record Outcome(PendingSnapshot snapshot, boolean isCommitted) {}

  /**
   * @param previous the snapshot from which the job goes on; null if it begins anew
   */
  SnapshotAgent(
      String job,
      SnapshotStore store,
      SnapshotSettings settings,
      JobSinks sinks,
      SectionMerger merger,
      Clock clock,
      @Nullable Manifest previous) {
    this.job = job;
    this.store = store;
    this.settings = settings;
    this.sinks = sinks;
    this.merger = merger;
    this.clock = clock;
    this.previous = previous;
    if (previous != null) {
      retained.add(previous.id());
    }
  }

  /** Gives it the next snapshot; the outcome of the one before has been taken. */
  void submit(PendingSnapshot snapshot) {
    waiting.add(snapshot);
  }

  /**
   * Takes the outcome of the snapshot that was submitted, if there is one by then.
   *
   * @throws RuntimeException if it failed and with it the job
   */
  Optional<Outcome> poll(long timeoutMillis) {
    try {
      Outcome outcome = outcomes.poll(timeoutMillis, TimeUnit.MILLISECONDS);
      if (outcome == null) {
        throwIfEnded();
      }
      return Optional.ofNullable(outcome);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException("interrupted while waiting for a snapshot", e);
    }
  }

  SnapshotMetrics metrics() {
    return metrics;
  }

  @Override
  public String name() {
    return "millrace-snapshot-" + job;
  }

  @Override
  public int doWork() {
    PendingSnapshot snapshot = next != null ? next : waiting.poll();
    next = null;
    if (snapshot == null) {
      return 0;
    }
    outcomes.add(new Outcome(snapshot, write(snapshot)));
    return 1;
  }

  @Override
  public void idle() {
    try {
      next = waiting.poll(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onEnd(@Nullable Throwable reason) {
    failure = reason;
    ended = true;
  }

  private void throwIfEnded() {
    if (!ended) {
      return;
    }
    Throwable reason = failure;
    if (reason instanceof MillraceException e) {
      throw new MillraceException(e.message(), e);
    }
    if (reason != null) {
      throw new IllegalStateException("the snapshot thread failed", reason);
    }
    throw new MillraceException("the snapshot thread has ended");
  }

  private boolean write(PendingSnapshot snapshot) {
    Manifest manifest;
    try {
      manifest = store(snapshot);
    } catch (MillraceException e) {
      snapshot.sections().forEach(section -> section.content().discard());
      if (!settings.mayMiss() || snapshot.interval().commit() != null) {
        throw e;
      }
      LOG.warn("job '{}' goes on without snapshot {}: {}", job, snapshot.id(), e.message());
      metrics = metrics.withAbandoned();
      return false;
    }
    PendingCommit commit = snapshot.interval().commit();
    if (commit != null) {
      commit.commit(
          new CommitPointer(job, manifest.id(), manifest.checksum()), snapshot.positions());
    }
    sinks.apply(snapshot.interval());
    noteCommitted(snapshot, manifest);
    return true;
  }

  private Manifest store(PendingSnapshot snapshot) {
    try (SnapshotWriter writer = store.begin(job, snapshot.id(), previous)) {
      takeMerged(writer);
      for (SectionContent section : snapshot.sections()) {
        section.writeTo(writer);
      }
      return writer.finish(snapshot.atMillis(), snapshot.attributes());
    }
  }

  private void takeMerged(SnapshotWriter writer) {
    Optional<Merged> merged = merger.poll();
    Manifest known = previous;
    if (merged.isPresent() && known != null && merged.get().stillFits(known)) {
      writer.replace(
          merged.get().section().name(),
          merged.get().section().parts().size(),
          merged.get().part());
    }
  }

  private void noteCommitted(PendingSnapshot snapshot, Manifest manifest) {
    long bytes = lengthOfNew(manifest);
    previous = manifest;
    retained.add(manifest.id());
    while (retained.size() > settings.retained()) {
      retained.remove();
    }
    store.retain(new HashSet<>(retained));
    merger.offer(manifest);
    metrics =
        metrics.withCommitted(
            snapshot.id(),
            bytes,
            snapshot.pauseNanos(),
            clock.millis() - snapshot.atMillis(),
            snapshot.atMillis());
  }

  private long lengthOfNew(Manifest manifest) {
    HashSet<Object> known = new HashSet<>();
    if (previous != null) {
      previous.sections().forEach(section -> known.addAll(section.parts()));
    }
    return manifest.sections().stream()
        .flatMap(section -> section.parts().stream())
        .filter(part -> !known.contains(part))
        .mapToLong(part -> part.length())
        .sum();
  }
}
