package io.millrace.spi.snapshot;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the snapshots of one job are kept. Whatever {@link SnapshotWriter#finish} has returned
 * survives the end of the process and of the machine; what it has not returned is never seen. One
 * process uses a store at a time; its methods may be called by several threads, but only one writer
 * is open.
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
   * @param previous the snapshot of which parts are kept; null if there is none
   */
  SnapshotWriter begin(String job, long id, @Nullable Manifest previous);

  /**
   * Reads a part from its first byte to its last.
   *
   * @throws DamagedSnapshotException if the bytes are not those that were written; what {@code
   *     reader} has made of them by then is worth nothing
   */
  void read(Part part, PartReader reader);

  /**
   * Writes a part that takes the place of several: what they come to together. It may be taken over
   * into later snapshots with {@link SnapshotWriter#replace}, and is removed by {@link #retain} if
   * it was not by then. Runs beside an open writer.
   */
  Part writeMerged(SnapshotContent content);

  /** Removes all snapshots but these, and all files that none of these needs. */
  void retain(Set<Long> ids);

  @Override
  void close();

  /** Takes the bytes of a part. */
  @FunctionalInterface
  interface PartReader {
    void read(DataInput in) throws IOException;
  }
}
