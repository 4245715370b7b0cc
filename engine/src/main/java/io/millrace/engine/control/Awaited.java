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
  private final Clock clock;
  private final String job;

  Awaited(StoredJobs stored, Clock clock, String job) {
    this.stored = stored;
    this.clock = clock;
    this.job = job;
  }

  /**
   * Puts a request, and waits for the answer.
   *
   * @param put puts it under a name
   * @param failure what has not happened in time, such as {@code has taken no snapshot}
   * @throws MillraceException if the job does not run, or the time passes
   */
  Answer answer(BiConsumer<RequestFolder, String> put, Duration timeout, String failure) {
    RequestFolder folder = stored.requests(job);
    String name = RequestFolder.newName();
    try {
      return await(folder, name, put, timeout, failure);
    } finally {
      folder.remove(name);
    }
  }

  private Answer await(
      RequestFolder folder,
      String name,
      BiConsumer<RequestFolder, String> put,
      Duration timeout,
      String failure) {
    long start = clock.nanos();
    long nextLook = SOON.toNanos();
    while (true) {
      Optional<Answer> answer = folder.take(name);
      if (answer.isPresent()) {
        return answer.get();
      }
      long waited = clock.nanos() - start;
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
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private void requireRunning() {
    if (!stored.isRunning(job)) {
      throw new MillraceException(
          "job '" + job + "' does not run: no process has its snapshots open");
    }
  }
}
