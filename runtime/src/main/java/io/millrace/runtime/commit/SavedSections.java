package io.millrace.runtime.commit;

import io.millrace.spi.snapshot.SnapshotStore.PartReader;
import java.util.List;

/** The sections of a snapshot that a job goes on from, wherever they are kept. */
public interface SavedSections {
  /** The names of all sections. */
  List<String> names();

  /** What a section is, in words, if the snapshot knows. */
  String describe(String section);

  /**
   * Reads a section: each of its parts in order.
   *
   * @throws io.millrace.spi.snapshot.DamagedSnapshotException if the bytes are not those that were
   *     written
   */
  void read(String section, PartReader reader);
}
