package io.millrace.spi.snapshot;

import java.util.Map;

/**
 * Writes one snapshot. Used by one thread. Every section of the new snapshot is either written or
 * kept; sections of the previous one that are neither are not part of it. After a method has
 * failed, all that is left to do is {@link #close}.
 */
public interface SnapshotWriter extends AutoCloseable {
  /** Writes a section that stands by itself. */
  void writeFull(String section, SnapshotContent content);

  /**
   * Writes what changed in a section since the previous snapshot, which has it.
   *
   * @throws IllegalStateException if the previous snapshot does not have it
   * @throws DamagedSnapshotException if a file of the previous snapshot is no longer there
   */
  void writeChanges(String section, SnapshotContent content);

  /**
   * Takes a section over as it was in the previous snapshot, which has it.
   *
   * @throws IllegalStateException if the previous snapshot does not have it
   * @throws DamagedSnapshotException if a file of the previous snapshot is no longer there
   */
  void keep(String section);

  /**
   * From now on takes {@code merged} for the first {@code count} parts that the previous snapshot
   * has of a section. Comes before {@link #writeChanges} and {@link #keep} of this section.
   *
   * @param merged what {@link SnapshotStore#writeMerged} gave, and is still there
   * @throws DamagedSnapshotException if it is no longer there
   */
  void replace(String section, int count, Part merged);

  /**
   * Makes the snapshot durable: its data first, its manifest last.
   *
   * @param takenAtMillis the clock's time at which it was taken
   */
  Manifest finish(long takenAtMillis, Map<String, String> attributes);

  /** Ends the writing; what was not finished is removed. */
  @Override
  void close();
}
