package io.millrace.state.heap;

import io.millrace.spi.types.DataType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a row log: whole pages for long logs, and for short ones blocks of 2, 4, …, 1,024
 * rows, cut out of shared pages, so that a million keys with a few rows each cost no objects.
 *
 * <p>A block of class {@code k} has {@code 2^k} rows and a number that says its page and its place
 * in it.
 */
final class RowPages {
  static final int SMALLEST_CLASS = 1;
  static final int GREATEST_CLASS = RowPage.BITS;
  private static final int MOST_SPARE = 64;

  private final List<DataType> types;
  private final BlockClass[] classes = new BlockClass[GREATEST_CLASS + 1];
  private final ArrayDeque<RowPage> spare = new ArrayDeque<>();

  RowPages(List<DataType> types) {
    this.types = types;
    for (int k = SMALLEST_CLASS; k <= GREATEST_CLASS; k++) {
      classes[k] = new BlockClass(k);
    }
  }

  /** Takes a free block. */
  int takeBlock(int k) {
    return classes[k].take();
  }

  void freeBlock(int k, int block) {
    classes[k].free(block);
  }

  RowPage page(int k, int block) {
    return classes[k].pageAt(pageIndex(k, block));
  }

  /** The row of its page at which a block begins. */
  static int base(int k, int block) {
    return (block << k) & (RowPage.ROWS - 1);
  }

  /**
   * Numbers the pages of all blocks from 1 on: the first number of each class, and at the end the
   * number behind the last.
   */
  int[] pageNumbers() {
    int[] numbers = new int[GREATEST_CLASS + 2];
    numbers[SMALLEST_CLASS] = 1;
    for (int k = SMALLEST_CLASS; k <= GREATEST_CLASS; k++) {
      numbers[k + 1] = numbers[k] + classes[k].pageCount;
    }
    return numbers;
  }

  /** The index of a block's page in its class. */
  static int pageIndex(int k, int block) {
    return block >>> (RowPage.BITS - k);
  }

  RowPage takePage() {
    RowPage page = spare.poll();
    return page == null ? new RowPage(types, RowPage.ROWS) : page;
  }

  /** Keeps the page for other rows, unless a capture that is not written yet refers to it. */
  void freePage(RowPage page) {
    if (spare.size() < MOST_SPARE && !page.isPinned()) {
      page.reset(0, RowPage.ROWS);
      spare.push(page);
    }
  }

  /** The blocks of one size. */
  private final class BlockClass {
    private final int k;
    private @Nullable RowPage[] pages = new @Nullable RowPage[1];
    private int pageCount;
    private int[] free = new int[4];
    private int freeCount;
    private int count;

    BlockClass(int k) {
      this.k = k;
    }

    RowPage pageAt(int index) {
      RowPage page = pages[index];
      if (page == null) {
        throw new IndexOutOfBoundsException(index);
      }
      return page;
    }

    int take() {
      if (freeCount > 0) {
        return free[--freeCount];
      }
      int block = count++;
      int page = pageIndex(k, block);
      if (page == pageCount) {
        if (pageCount == pages.length) {
          pages = Arrays.copyOf(pages, 2 * pageCount);
        }
        pages[pageCount++] = new RowPage(types, page == 0 ? 1 << k : RowPage.ROWS);
      }
      pageAt(page).ensureCapacity(base(k, block) + (1 << k));
      return block;
    }

    void free(int block) {
      int from = base(k, block);
      page(k, block).reset(from, from + (1 << k));
      if (freeCount == free.length) {
        free = Arrays.copyOf(free, 2 * freeCount);
      }
      free[freeCount++] = block;
      if (freeCount == count && pageCount > 1) {
        pages = Arrays.copyOf(pages, 1);
        pageCount = 1;
        free = new int[4];
        freeCount = 0;
        count = 0;
      }
    }
  }
}
