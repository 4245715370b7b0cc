package io.millrace.spi.connector;

import java.util.Set;

/** Told which parts of a shared job this process is to run. */
public interface PartMoves {
  /** From now on this process runs these parts; begins to, and returns without waiting. */
  void given(Set<Integer> parts);

  /**
   * Another process will run these parts. Returns when what they have read is committed and nothing
   * of them runs here any more: only then are they given away.
   */
  void taken(Set<Integer> parts);

  /**
   * Another process may run these parts already, since this one was taken for dead. Returns when
   * nothing of them runs here any more; nothing is committed.
   */
  void lost(Set<Integer> parts);
}
