package io.millrace.engine.control;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.time.Clock;
import io.millrace.state.store.SnapshotKey;
import io.millrace.state.store.StoredJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

  /**
   * The names of the jobs that keep snapshots there, sorted; of a shared job those of its parts.
   */
  public List<String> jobs() {
    return stored.names().stream().sorted(PartName.ORDER).toList();
  }

  /**
   * The parts of a shared job that keep snapshots there, by their numbers; none if it is not
   * shared.
   */
  public List<String> parts(String job) {
    return jobs().stream().filter(name -> PartName.of(name).isPartOf(job)).toList();
  }

  /** Whether another process runs one of {@link #jobs}. */
  public boolean isRunning(String job) {
    return stored.isRunning(job);
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
   * What became of a request.
   *
   * @param id the id of the snapshot; 0 if none was taken
   * @param problem why none was; empty if one was
   */
  public record Requested(String job, long id, String problem) {
    public boolean isTaken() {
      return problem.isEmpty();
    }
  }

  /**
   * Has a job that runs in another process take a snapshot now, and waits until it is committed.
   *
   * @param job one of {@link #jobs}
   * @return the id of the snapshot
   * @throws MillraceException if it does not run, cannot, or the time passes
   */
  public long request(String job, Duration timeout) {
    Requested requested = request(List.of(job), timeout, each -> {}).get(0);
    if (!requested.isTaken()) {
      throw new MillraceException(requested.problem());
    }
    return requested.id();
  }

  /**
   * Has jobs that run in other processes take a snapshot each, all at the same time, and waits
   * until the last is committed or will not be.
   *
   * @param jobs some of {@link #jobs}
   * @param progress is told what became of each, as soon as it is known
   * @return what became of each, in the order of the jobs
   */
  public List<Requested> request(
      List<String> jobs, Duration timeout, Consumer<Requested> progress) {
    List<SnapshotRequest> requests =
        jobs.stream().map(job -> new SnapshotRequest(job, stored, timeout)).toList();
    long start = clock.nanos();
    try {
      List<SnapshotRequest> open = new ArrayList<>(requests);
      while (true) {
        long waited = clock.nanos() - start;
        open.removeIf(request -> request.look(waited, progress));
        if (open.isEmpty()) {
          return requests.stream().map(SnapshotRequest::outcome).toList();
        }
        Awaited.pause();
      }
    } finally {
      requests.forEach(SnapshotRequest::remove);
    }
  }
}
