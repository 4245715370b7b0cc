package io.millrace.engine.control;

import io.millrace.engine.Job;
import io.millrace.spi.error.MillraceException;
import io.millrace.state.store.RequestFolder;
import io.millrace.state.store.RequestFolder.Answer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests of other processes for snapshots of jobs that run here. A job that keeps none,
 * or not in files, cannot be asked. Used by one thread.
 */
public final class SnapshotRequests implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotRequests.class);

  private final Map<Job, Asked> jobs = new LinkedHashMap<>();

  /** A job and the requests that it is about to answer. */
  private record Asked(
      Job job, RequestFolder folder, Map<String, CompletableFuture<Long>> pending) {}

  /**
   * Has the snapshots begun that are asked for, and gives the answers that are there.
   *
   * @param running the jobs, whose snapshots nobody else has open; what was asked before one of
   *     them came is not answered
   */
  public void poll(List<Job> running) {
    jobs.keySet().retainAll(running);
    running.stream().filter(job -> !jobs.containsKey(job)).forEach(this::add);
    poll();
  }

  private void add(Job job) {
    job.snapshotFolder()
        .ifPresent(
            path -> {
              Asked asked = new Asked(job, new RequestFolder(path), new HashMap<>());
              jobs.put(job, asked);
              attempt(asked, asked.folder()::clear);
            });
  }

  private void poll() {
    for (Asked asked : jobs.values()) {
      attempt(
          asked,
          () -> {
            for (String name : asked.folder().open()) {
              asked.pending().computeIfAbsent(name, n -> asked.job().commit());
            }
            answerWhatIsDone(asked);
          });
    }
  }

  private static void answerWhatIsDone(Asked asked) {
    Iterator<Map.Entry<String, CompletableFuture<Long>>> pending =
        asked.pending().entrySet().iterator();
    while (pending.hasNext()) {
      Map.Entry<String, CompletableFuture<Long>> next = pending.next();
      if (next.getValue().isDone()) {
        pending.remove();
        if (asked.folder().isOpen(next.getKey())) {
          asked.folder().answer(next.getKey(), answer(next.getValue()));
        }
      }
    }
  }

  private static Answer answer(CompletableFuture<Long> commit) {
    try {
      return new Answer(true, String.valueOf(commit.join()));
    } catch (CompletionException e) {
      return new Answer(
          false, String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    }
  }

  /** Answers what has come, when the jobs have ended. */
  @Override
  public void close() {
    poll();
  }

  /** The job goes on whether it can be asked or not. */
  private static void attempt(Asked asked, Runnable step) {
    try {
      step.run();
    } catch (MillraceException e) {
      LOG.warn("job '{}' cannot be asked for a snapshot: {}", asked.job().name(), e.message());
    }
  }
}
