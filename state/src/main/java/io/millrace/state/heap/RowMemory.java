package io.millrace.state.heap;

/** Where the pages of a row log come from, and where they are. Used by the thread of the log. */
public interface RowMemory {
  /** A page has 2 to the power of this many rows, at least 2 and at most 1,024. */
  int bits();

  /** A page without rows, with room for so many for a start. */
  RowPage take(int capacity);

  /** Takes a page back, the rows of which are gone. */
  void free(RowPage page);

  /** Has the rows of pages that are asked for be arrays until {@link #letGo}, all at once. */
  void hold();

  void letGo();

  /**
   * Takes the first {@code count} rows that a capture has copied, at most 1,024, and gives where
   * they are from now on; what is not {@code copies} is to be released.
   */
  RowPage keep(RowArrays copies, int count);

  /** Gives back what it holds outside of the heap. */
  void close();
}
