package io.millrace.engine.control;

import io.millrace.engine.control.JobSnapshots.Requested;
import io.millrace.state.store.RequestFolder;
import io.millrace.state.store.RequestFolder.Answer;
import io.millrace.state.store.StoredJobs;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request to one job, until it is answered or will not be. */
final class SnapshotRequest {
  /** A job that runs has answered by then, as a rule; else it is looked for, again and again. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final String job;
  private final StoredJobs stored;
  private final Duration timeout;
  private final RequestFolder folder;
  private final String name = RequestFolder.newName();
  private long nextLook = SOON.toNanos();
  private @Nullable Requested outcome;

  SnapshotRequest(String job, StoredJobs stored, Duration timeout) {
    this.job = job;
    this.stored = stored;
    this.timeout = timeout;
    this.folder = stored.requests(job);
  }

  /**
   * Asks, or looks for the answer.
   *
   * @param waited how many nanoseconds have passed since it was asked first
   * @param progress is told the outcome when there is one
   * @return whether there is
   */
  boolean look(long waited, Consumer<Requested> progress) {
    Optional<Requested> found = folder.take(name).map(this::of).or(() -> findProblem(waited));
    if (found.isEmpty() && !folder.isOpen(name)) {
      folder.put(name);
    }
    outcome = found.orElse(null);
    found.ifPresent(progress);
    return found.isPresent();
  }

  private Requested of(Answer answer) {
    return answer.isDone()
        ? new Requested(job, Long.parseLong(answer.text()), "")
        : failed("has taken no snapshot: " + answer.text());
  }

  private Optional<Requested> findProblem(long waited) {
    if (waited > timeout.toNanos()) {
      return Optional.of(
          failed(
              "has not taken a snapshot within "
                  + timeout.toSeconds()
                  + " s: it is held up, or is not run by the millrace command"));
    }
    if (waited > nextLook) {
      nextLook = waited + SOON.toNanos();
      if (!stored.isRunning(job)) {
        return Optional.of(failed("does not run: no process has its snapshots open"));
      }
    }
    return Optional.empty();
  }

  private Requested failed(String problem) {
    return new Requested(job, 0, "job '" + job + "' " + problem);
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
    folder.remove(name);
  }
}
