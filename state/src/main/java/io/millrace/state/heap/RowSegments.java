package io.millrace.state.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one long log, a page each: a ring of pages by the upper bits of the ordinals. A
 * page in front of the last never changes.
 */
final class RowSegments {
  private final int bits;
  private @Nullable RowPage[] ring = new @Nullable RowPage[4];

  /** Begins without pages, which are to have 2 to the power of {@code bits} rows. */
  RowSegments(int bits) {
    this.bits = bits;
  }

  /** The page of an ordinal that is there. */
  RowPage page(long ordinal) {
    RowPage page = ring[(int) (ordinal >>> bits) & (ring.length - 1)];
    if (page == null) {
      throw new IndexOutOfBoundsException("no row of ordinal " + ordinal);
    }
    return page;
  }

  /**
   * Makes the page of the ordinal {@code end} there is, in a log whose oldest row is {@code first}.
   */
  void ensurePage(long first, long end, RowPages pages) {
    long number = end >>> bits;
    long oldest = first >>> bits;
    if (number - oldest >= ring.length) {
      grow(oldest);
    }
    int at = (int) number & (ring.length - 1);
    if (ring[at] == null) {
      ring[at] = pages.takePage();
    }
  }

  /** Gives back the pages of which all rows are before {@code to}, and at {@code all} the last. */
  void drop(long from, long to, boolean all, RowPages pages) {
    long last = all ? (to >>> bits) + 1 : to >>> bits;
    for (long number = from >>> bits; number < last; number++) {
      int at = (int) number & (ring.length - 1);
      RowPage page = ring[at];
      if (page != null) {
        ring[at] = null;
        pages.freePage(page);
      }
    }
  }

  private void grow(long oldest) {
    int mask = ring.length - 1;
    @Nullable RowPage[] grown = Arrays.copyOf(ring, 2 * ring.length);
    Arrays.fill(grown, null);
    for (long number = oldest; number <= oldest + mask; number++) {
      grown[(int) number & (grown.length - 1)] = ring[(int) number & mask];
    }
    ring = grown;
  }
}
