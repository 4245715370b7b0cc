package io.millrace.engine.control;

import io.millrace.engine.control.JobSnapshots.Requested;
import io.millrace.spi.error.MillraceException;
import io.millrace.state.store.RequestFolder;
import io.millrace.state.store.RequestFolder.Answer;
import io.millrace.state.store.StoredJobs;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request for a snapshot to one job, until it is answered or will not be. */
final class SnapshotRequest {
  private final String job;
  private final Awaited awaited;
  private @Nullable Requested outcome;

  SnapshotRequest(String job, StoredJobs stored, Duration timeout) {
    this.job = job;
    this.awaited =
        new Awaited(stored, job, RequestFolder::put, timeout, "has not taken a snapshot");
  }

  /**
   * Asks, or looks for the answer.
   *
   * @param waited how many nanoseconds have passed since it was asked first
   * @param progress is told the outcome when there is one
   * @return whether there is
   */
  boolean look(long waited, Consumer<Requested> progress) {
    Optional<Requested> found = find(waited);
    outcome = found.orElse(null);
    found.ifPresent(progress);
    return found.isPresent();
  }

  private Optional<Requested> find(long waited) {
    try {
      return awaited.look(waited).map(this::of);
    } catch (MillraceException e) {
      return Optional.of(new Requested(job, 0, e.message()));
    }
  }

  private Requested of(Answer answer) {
    return answer.isDone()
        ? new Requested(job, Long.parseLong(answer.text()), "")
        : new Requested(job, 0, "job '" + job + "' has taken no snapshot: " + answer.text());
  }

  Requested outcome() {
    Requested known = outcome;
    if (known == null) {
      throw new IllegalStateException("job '" + job + "' has not answered");
    }
    return known;
  }

  /** Takes the request back. */
  void remove() {
    awaited.remove();
  }
}
