package io.millrace.spi.snapshot;

/** Gives each job the store of its snapshots. Thread-safe. */
public interface SnapshotStores {
  /**
   * Opens the store of a job; it is made if it is not there.
   *
   * @throws StoreInUseException if it is open, here or in another process
   * @throws io.millrace.spi.error.MillraceException with cause and remedy, if it cannot be used
   */
  SnapshotStore open(String job);

  /** Where the store of a job is, for people. */
  String place(String job);
}
