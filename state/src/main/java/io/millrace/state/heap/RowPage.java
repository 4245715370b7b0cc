package io.millrace.state.heap;

/**
 * A page of a row log: a whole segment of one log, or blocks of several. Its rows are arrays while
 * they are worked on; where they are otherwise is the matter of its {@link RowMemory}. A class, as
 * calls of the only one that is loaded cost nothing: on the heap all pages are {@link RowArrays}.
 */
public abstract class RowPage {
  /**
   * Its rows, to be read. They stay as they are now, whatever becomes of the page, until rows of
   * the page change.
   */
  public abstract RowArrays toRead();

  /** Its rows, to be changed at once: the next page that is asked for may take their place. */
  public abstract RowArrays toWrite();

  /**
   * The page as it is now, for a capture that reads it later on another thread. All its rows are
   * there, so that none changes any more.
   */
  public abstract RowPage captured();

  /** Says that a capture does not need it any more. On any thread. */
  public abstract void release();
}
