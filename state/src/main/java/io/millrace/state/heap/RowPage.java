package io.millrace.state.heap;

/**
 * A page of a row log: a whole segment of one log, or blocks of several. Its rows are arrays while
 * they are worked on; where they are otherwise is the matter of its {@link RowMemory}.
 */
public interface RowPage {
  /**
   * Its rows, to be read. They stay as they are now, whatever becomes of the page, until rows of
   * the page change.
   */
  RowArrays toRead();

  /** Its rows, to be changed at once: the next page that is asked for may take their place. */
  RowArrays toWrite();

  /**
   * The page as it is now, for a capture that reads it later on another thread. All its rows are
   * there, so that none changes any more.
   */
  RowPage captured();

  /** Says that a capture does not need it any more. On any thread. */
  void release();
}
