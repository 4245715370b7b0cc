package io.millrace.engine.control;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import io.millrace.state.store.RequestFolder;
import io.millrace.state.store.RequestFolder.Answer;
import io.millrace.state.store.StoredJobs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** A request to a job of another process, which is put again and again until it is answered. */
final class Awaited {
  private static final Duration PACE = Duration.ofMillis(20);

  /** A job that runs has answered by then, as a rule; else it is looked for, again and again. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final String WHY = "it is held up, or is not run by the millrace command";

  private final StoredJobs stored;
  private final String job;
  private final BiConsumer<RequestFolder, String> put;
  private final Duration timeout;
  private final String failure;
  private final RequestFolder folder;
  private final String name = RequestFolder.newName();
  private long nextLook = SOON.toNanos();

  /**
   * Asks nothing yet.
   *
   * @param put puts the request under a name
   * @param failure what has not happened in time, such as {@code has taken no snapshot}
   */
  Awaited(
      StoredJobs stored,
      String job,
      BiConsumer<RequestFolder, String> put,
      Duration timeout,
      String failure) {
    this.stored = stored;
    this.job = job;
    this.put = put;
    this.timeout = timeout;
    this.failure = failure;
    this.folder = stored.requests(job);
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws MillraceException if the job does not run, or the time passes
   */
  Answer await(Clock clock) {
    long start = clock.nanos();
    try {
      Optional<Answer> answer = look(0);
      while (answer.isEmpty()) {
        pause();
        answer = look(clock.nanos() - start);
      }
      return answer.get();
    } finally {
      remove();
    }
  }

  /** Waits until an answer may be there that was not. */
  static void pause() {
    LockSupport.parkNanos(PACE.toNanos());
  }

  /**
   * Asks, or looks for the answer.
   *
   * @param waited how many nanoseconds have passed since it was asked first
   * @throws MillraceException if the job does not run, or the time has passed
   */
  Optional<Answer> look(long waited) {
    Optional<Answer> answer = folder.take(name);
    if (answer.isPresent()) {
      return answer;
    }
    if (waited > timeout.toNanos()) {
      throw new MillraceException(
          "job '" + job + "' " + failure + " within " + timeout.toSeconds() + " s: " + WHY);
    }
    if (waited > nextLook) {
      requireRunning();
      nextLook = waited + SOON.toNanos();
    }
    if (!folder.isOpen(name)) {
      put.accept(folder, name);
    }
    return Optional.empty();
  }

  private void requireRunning() {
    if (!stored.isRunning(job)) {
      throw new MillraceException(
          "job '" + job + "' does not run: no process has its snapshots open");
    }
  }

  /** Takes the request back. */
  void remove() {
    folder.remove(name);
  }
}
