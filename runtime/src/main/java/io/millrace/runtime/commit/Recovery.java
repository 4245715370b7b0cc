package io.millrace.runtime.commit;

import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the snapshot from which a job goes on: the one that its authority committed, or without
 * authority the newest. If that one is damaged, a job whose rows may come twice goes one back by
 * itself; any other stops and says so.
 */
public final class Recovery {
  /** The attribute of a job's first snapshot, taken before anything was read. */
  static final String IS_BEGINNING = "begins";

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final String job;
  private final SnapshotStore store;
  private final String place;
  private final boolean mayRepeat;
  private final @Nullable String acknowledged;

  /**
   * @param place where the store is, for people
   * @param mayRepeat whether rows may come twice, so that an earlier snapshot will do
   * @param acknowledged an input that does not give again what has been acknowledged since an
   *     earlier snapshot, so that this will never do; null if there is none
   */
  public Recovery(
      String job,
      SnapshotStore store,
      String place,
      boolean mayRepeat,
      @Nullable String acknowledged) {
    this.job = job;
    this.store = store;
    this.place = place;
    this.mayRepeat = mayRepeat;
    this.acknowledged = acknowledged;
  }

  /**
   * Restores the job.
   *
   * @param committed what the authority has committed; null without authority
   * @param restore restores the job from a snapshot, or throws {@link DamagedSnapshotException} and
   *     may then be called with another
   * @return the snapshot that was restored; empty if the job begins anew
   * @throws MillraceException if there is none, though there should be
   */
  public Optional<Manifest> restore(
      @Nullable Optional<CommitPointer> committed, Consumer<Manifest> restore) {
    List<Long> candidates = candidates(committed);
    DamagedSnapshotException first = null;
    for (long id : candidates) {
      try {
        Manifest manifest = store.manifest(id);
        check(manifest, committed);
        restore.accept(manifest);
        return Optional.of(manifest);
      } catch (DamagedSnapshotException e) {
        if (!mayRepeat || acknowledged != null) {
          throw damaged(id, e);
        }
        LOG.warn("job '{}': snapshot {} is damaged, going one back: {}", job, id, e.message());
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw new MillraceException(
          "job '"
              + job
              + "' cannot go on: none of its snapshots in "
              + place
              + " is whole: "
              + first.message(),
          first);
    }
    return Optional.empty();
  }

  /** Removes the snapshots that came after the one that was restored, or all. */
  public void discardNewer(Optional<Manifest> restored) {
    Set<Long> kept = new HashSet<>();
    for (long id : store.ids()) {
      if (restored.isPresent() && id <= restored.get().id()) {
        kept.add(id);
      }
    }
    store.retain(kept);
  }

  /** An id greater than those of all snapshots that were ever committed or are there. */
  public long nextId(@Nullable Optional<CommitPointer> committed) {
    long greatest = 0;
    for (long id : store.ids()) {
      greatest = Math.max(greatest, id);
    }
    if (committed != null && committed.isPresent()) {
      greatest = Math.max(greatest, committed.get().snapshotId());
    }
    return greatest + 1;
  }

  private List<Long> candidates(@Nullable Optional<CommitPointer> committed) {
    List<Long> ids = new ArrayList<>(store.ids());
    ids.sort((a, b) -> Long.compare(b, a));
    if (committed == null) {
      return ids;
    }
    if (committed.isPresent()) {
      long id = committed.get().snapshotId();
      ids.removeIf(other -> other >= id);
      ids.add(0, id);
      return ids;
    }
    if (ids.stream().allMatch(this::isBeginning)) {
      return List.of();
    }
    throw new MillraceException(
        "job '"
            + job
            + "' has snapshots in "
            + place
            + ", but the system that its output goes to knows of no commit: it is another one, or its"
            + " consumer groups were deleted. Choose: delete the folder to begin anew, give the job"
            + " another name, or run it against the system that it wrote to");
  }

  /** Whether a snapshot was taken before its job had read anything. */
  public static boolean isBeginning(Manifest manifest) {
    return manifest.attributes().containsKey(IS_BEGINNING);
  }

  private boolean isBeginning(long id) {
    try {
      return isBeginning(store.manifest(id));
    } catch (DamagedSnapshotException e) {
      return false;
    }
  }

  private void check(Manifest manifest, @Nullable Optional<CommitPointer> committed) {
    if (!manifest.job().equals(job)) {
      throw new MillraceException(
          "the snapshots in "
              + place
              + " are of job '"
              + manifest.job()
              + "', not of '"
              + job
              + "': give this job a folder of its own");
    }
    if (committed != null
        && committed.isPresent()
        && committed.get().snapshotId() == manifest.id()
        && !committed.get().manifestChecksum().equals(manifest.checksum())) {
      throw new DamagedSnapshotException(
          "snapshot "
              + manifest.id()
              + " in "
              + place
              + " is not the one that was committed: its checksum is "
              + manifest.checksum()
              + ", committed was "
              + committed.get().manifestChecksum(),
          null);
    }
  }

  private MillraceException damaged(long id, DamagedSnapshotException cause) {
    return new MillraceException(
        "job '"
            + job
            + "' cannot go on: its last committed snapshot, "
            + id
            + ", cannot be used: "
            + cause.message()
            + ". Bring the files back, or "
            + (acknowledged == null
                ? "go on from the one before with --allow-duplicates: then rows that were sent since"
                    + " then are sent again"
                : "delete the folder and begin anew: with the one before, rows would be lost that '"
                    + acknowledged
                    + "' does not give again"),
        cause);
  }
}
