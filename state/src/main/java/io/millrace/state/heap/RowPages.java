package io.millrace.state.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a row log lies in pages: whole ones for long logs, and for short ones blocks of 2, 4, …, up
 * to as many rows as a page has, cut out of shared pages, so that a million keys with a few rows
 * each cost no objects.
 *
 * <p>A block of class {@code k} has {@code 2^k} rows and a number that says its page and its place
 * in it.
 */
final class RowPages {
  static final int SMALLEST_CLASS = 1;

  private final RowMemory memory;
  private final int bits;
  private final int rows;
  private final BlockClass[] classes;

  RowPages(RowMemory memory) {
    this.memory = memory;
    bits = memory.bits();
    rows = 1 << bits;
    classes = new BlockClass[bits + 1];
    for (int k = SMALLEST_CLASS; k <= bits; k++) {
      classes[k] = new BlockClass(k);
    }
  }

  /** A page has 2 to the power of this many rows, and so has the greatest block. */
  int bits() {
    return bits;
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
  int base(int k, int block) {
    return (block << k) & (rows - 1);
  }

  /**
   * Numbers the pages of all blocks from 1 on: the first number of each class, and at the end the
   * number behind the last.
   */
  int[] pageNumbers() {
    int[] numbers = new int[bits + 2];
    numbers[SMALLEST_CLASS] = 1;
    for (int k = SMALLEST_CLASS; k <= bits; k++) {
      numbers[k + 1] = numbers[k] + classes[k].pageCount;
    }
    return numbers;
  }

  /** The index of a block's page in its class. */
  int pageIndex(int k, int block) {
    return block >>> (bits - k);
  }

  RowPage takePage() {
    return memory.take(rows);
  }

  void freePage(RowPage page) {
    memory.free(page);
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
        pages[pageCount++] = memory.take(page == 0 ? 1 << k : rows);
      } else if (page == 0) {
        pageAt(0).toWrite().ensureCapacity(base(k, block) + (1 << k));
      }
      return block;
    }

    void free(int block) {
      int from = base(k, block);
      page(k, block).toWrite().reset(from, from + (1 << k));
      if (freeCount == free.length) {
        free = Arrays.copyOf(free, 2 * freeCount);
      }
      free[freeCount++] = block;
      if (freeCount == count && pageCount > 1) {
        for (int page = 1; page < pageCount; page++) {
          memory.free(pageAt(page));
        }
        pages = Arrays.copyOf(pages, 1);
        pageCount = 1;
        free = new int[4];
        freeCount = 0;
        count = 0;
      }
    }
  }
}
