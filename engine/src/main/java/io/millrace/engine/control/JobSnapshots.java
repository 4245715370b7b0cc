package io.millrace.engine.control;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.time.Clock;
import io.millrace.state.store.RequestFolder;
import io.millrace.state.store.RequestFolder.Answer;
import io.millrace.state.store.SnapshotKey;
import io.millrace.state.store.StoredJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The snapshots in a folder, as other processes than that of their job see them. */
public final class JobSnapshots {
  private final StoredJobs stored;
  private final Clock clock;

  /**
   * @param folder the one that holds a folder for each job
   */
  public JobSnapshots(Path folder, Clock clock) {
    this(new StoredJobs(folder, null), clock);
  }

  private JobSnapshots(StoredJobs stored, Clock clock) {
    this.stored = stored;
    this.clock = clock;
  }

  /** As the constructor, for encrypted snapshots. */
  public static JobSnapshots encryptedWithKeyIn(Path keyFile, Path folder, Clock clock) {
    return new JobSnapshots(new StoredJobs(folder, SnapshotKey.fromFile(keyFile)), clock);
  }

  /** As the constructor, for encrypted snapshots. */
  public static JobSnapshots encryptedWithKeyOf(String variable, Path folder, Clock clock) {
    return new JobSnapshots(new StoredJobs(folder, SnapshotKey.fromEnvironment(variable)), clock);
  }

  /**
   * A snapshot that is kept.
   *
   * @param id its number
   * @param takenAtMillis the time of its moment, in milliseconds since the epoch
   * @param bytes what restoring it reads
   * @param damage why it cannot be read; empty if it can, and the others are 0 if not
   */
  public record KeptSnapshot(long id, long takenAtMillis, long bytes, String damage) {}

  /** The names of the jobs that keep snapshots there, sorted. */
  public List<String> jobs() {
    return stored.names();
  }

  /** The snapshots of one of {@link #jobs}, rising. */
  public List<KeptSnapshot> snapshots(String job) {
    return stored.snapshots(job).stream()
        .map(
            snapshot -> {
              Optional<Manifest> manifest = snapshot.manifest();
              return new KeptSnapshot(
                  snapshot.id(),
                  manifest.map(Manifest::takenAtMillis).orElse(0L),
                  manifest.map(Manifest::length).orElse(0L),
                  snapshot.damage());
            })
        .toList();
  }

  /**
   * Has a job that runs in another process take a snapshot now, and waits until it is committed.
   *
   * @param job one of {@link #jobs}
   * @return the id of the snapshot
   * @throws MillraceException if it does not run, cannot, or the time passes
   */
  public long request(String job, Duration timeout) {
    Answer answer =
        new Awaited(stored, clock, job)
            .answer(RequestFolder::put, timeout, "has not taken a snapshot");
    if (!answer.isDone()) {
      throw new MillraceException("job '" + job + "' has taken no snapshot: " + answer.text());
    }
    return Long.parseLong(answer.text());
  }
}
