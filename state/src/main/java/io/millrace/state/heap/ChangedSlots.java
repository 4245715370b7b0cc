package io.millrace.state.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The slots that have changed since the last capture: a byte for each, because setting a bit, which
 * reads the word that the row before wrote, is slower. Where there are more than 65,536 slots, each
 * 64 of them have a byte more that says whether one of theirs is set: finding the changed ones then
 * costs a cache line for each, and an eighth of a bit for the others.
 */
final class ChangedSlots {
  private static final int BLOCK_BITS = 6;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int FEW_SLOTS = 1 << 16;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] marks = new byte[BLOCK];

  /** Whether a block of 64 has marks; of no length while there are few. */
  private byte[] blocks = new byte[0];

  private boolean any;
  private int[] found = new int[0];
  private int count;

  void ensureCapacity(int slots) {
    if (slots <= marks.length) {
      return;
    }
    int capacity = roundUp(Math.max(slots, 2 * marks.length));
    marks = Arrays.copyOf(marks, capacity);
    if (capacity > FEW_SLOTS) {
      int known = blocks.length;
      blocks = Arrays.copyOf(blocks, roundUp(capacity >>> BLOCK_BITS));
      if (known == 0) {
        Arrays.fill(blocks, (byte) 1);
      }
    }
  }

  void mark(int slot) {
    marks[slot] = 1;
    if (blocks.length > 0) {
      blocks[slot >>> BLOCK_BITS] = 1;
    }
    any = true;
  }

  /** Marks the slots at {@code [from, to)}, which are some. */
  void mark(int[] slots, int from, int to) {
    byte[] slotMarks = marks;
    byte[] blockMarks = blocks;
    any = true;
    if (blockMarks.length == 0) {
      for (int row = from; row < to; row++) {
        slotMarks[slots[row]] = 1;
      }
      return;
    }
    for (int row = from; row < to; row++) {
      int slot = slots[row];
      slotMarks[slot] = 1;
      blockMarks[slot >>> BLOCK_BITS] = 1;
    }
  }

  boolean isEmpty() {
    return !any;
  }

  /** Gives the marked slots in rising order, and forgets them. */
  int[] take() {
    if (!any) {
      return new int[0];
    }
    count = 0;
    if (blocks.length == 0) {
      takeFrom(0, marks.length);
    } else {
      for (int at = 0; at < blocks.length; at += Long.BYTES) {
        for (long word = (long) LONG.get(blocks, at); word != 0; word &= word - 1) {
          int block = at + (Long.numberOfTrailingZeros(word) >>> 3);
          takeFrom(block << BLOCK_BITS, Math.min(marks.length, (block + 1) << BLOCK_BITS));
        }
      }
      Arrays.fill(blocks, (byte) 0);
    }
    any = false;
    int[] taken = Arrays.copyOf(found, count);
    found = new int[0];
    return taken;
  }

  void clear() {
    if (any) {
      Arrays.fill(marks, (byte) 0);
      Arrays.fill(blocks, (byte) 0);
      any = false;
    }
  }

  private void takeFrom(int from, int to) {
    for (int at = from; at < to; at += Long.BYTES) {
      long word = (long) LONG.get(marks, at);
      if (word == 0) {
        continue;
      }
      LONG.set(marks, at, 0L);
      if (found.length < count + Long.BYTES) {
        found = Arrays.copyOf(found, Math.max(BLOCK, 2 * found.length));
      }
      for (; word != 0; word &= word - 1) {
        found[count++] = at + (Long.numberOfTrailingZeros(word) >>> 3);
      }
    }
  }

  private static int roundUp(int size) {
    return (size + BLOCK - 1) & -BLOCK;
  }
}
