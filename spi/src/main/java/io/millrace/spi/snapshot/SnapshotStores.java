package io.millrace.spi.snapshot;

/** Gives each job the store of its snapshots. Thread-safe. */
public interface SnapshotStores {
  /**
   * Opens the store of a job; it is made if it is not there.
   *
   * @throws io.millrace.spi.error.MillraceException with cause and remedy, if it cannot be used,
   *     for example because another process has it open
   */
  SnapshotStore open(String job);

  /** Where the store of a job is, for people. */
  String place(String job);
}
