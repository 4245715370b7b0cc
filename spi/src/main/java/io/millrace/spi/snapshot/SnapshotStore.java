package io.millrace.spi.snapshot;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the snapshots of one job are kept. Whatever {@link SnapshotWriter#finish} has returned
 * survives the end of the process and of the machine. What it has not returned is never seen, with
 * one exception: if the process ends within {@code finish}, the snapshot is there as a whole or not
 * at all, so that only who commits snapshots knows which one counts. One process uses a store at a
 * time; its methods may be called by several threads, but only one writer is open.
 *
 * <p>What cannot be read or written ends in a {@link io.millrace.spi.error.MillraceException} with
 * the place, the cause, and what to do; bytes that are not those that were written, in a {@link
 * DamagedSnapshotException}.
 */
public interface SnapshotStore extends AutoCloseable {
  /** The ids of the snapshots whose manifests are there, rising; whether whole shows on reading. */
  List<Long> ids();

  /**
   * Reads the table of contents of a snapshot.
   *
   * @throws DamagedSnapshotException if it is not there or not whole
   */
  Manifest manifest(long id);

  /**
   * Begins a snapshot. One with this id that is there already is replaced when this one is
   * finished.
   *
   * @param id at least 1
   * @param previous the snapshot of which parts are kept; null if there is none
   */
  SnapshotWriter begin(String job, long id, @Nullable Manifest previous);

  /**
   * Reads a part from its first byte to its last.
   *
   * @throws DamagedSnapshotException if the bytes are not those that were written; what {@code
   *     reader} has made of them by then is worth nothing. If {@code reader} fails and the bytes
   *     are those that were written, what it throws is thrown
   */
  void read(Part part, PartReader reader);

  /**
   * Writes a full part that takes the place of several: what they come to together. It is taken
   * over into a snapshot with {@link SnapshotWriter#replace}, and until then {@link #retain} leaves
   * it alone. One that is no longer wanted goes when another one has been written, and a snapshot
   * has been begun and finished after that. Runs beside an open writer.
   */
  Part writeMerged(SnapshotContent content);

  /**
   * Removes all snapshots but these, and all files that none of these, the open writer (whatever
   * its previous snapshot has), and no merged part that waits needs. If the manifest of one of
   * these is damaged, nobody knows which files it needs: then only manifests are removed.
   *
   * @param ids those that are not there are ignored
   */
  void retain(Set<Long> ids);

  /** Gives the store free for others. What an open writer has written is removed. */
  @Override
  void close();

  /** Takes the bytes of a part. */
  @FunctionalInterface
  interface PartReader {
    void read(DataInput in) throws IOException;
  }
}
