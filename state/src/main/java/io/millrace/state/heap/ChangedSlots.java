package io.millrace.state.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The slots that have changed since the last capture, and those of the last capture that it has not
 * taken out yet: a byte for each slot, because setting a bit, which reads the word that the row
 * before wrote, is slower. Where there are more than 65,536 slots, each 64 of them have a byte more
 * that says whether one of theirs is set: finding the changed ones then costs a cache line for
 * each, and an eighth of a bit for the others.
 *
 * <p>A mark is one of two values, which change places when a capture begins: marks of the one are
 * what has changed since, those of the other what is still to be taken out. A slot that is to be
 * taken out must be, and be settled, before it is marked as changed again.
 */
final class ChangedSlots {
  private static final int BLOCK_BITS = 6;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int FEW_SLOTS = 1 << 16;
  private static final byte BOTH = 3;
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] marks = new byte[BLOCK];

  /** Which marks a block of 64 has, or more; of no length while there are few. */
  private byte[] blocks = new byte[0];

  /** What changed slots are marked with: 1 or 2. */
  private byte mark = 1;

  private boolean any;

  /** Whether slots that are to be taken out may be at {@link #next} or behind. */
  private boolean isTaking;

  /** All slots below it that are to be taken out have been named. */
  private int next;

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
        Arrays.fill(blocks, BOTH);
      }
    }
  }

  /** Marks a slot, which is not to be taken out. */
  void mark(int slot) {
    marks[slot] = mark;
    if (blocks.length > 0) {
      markBlock(slot >>> BLOCK_BITS);
    }
    any = true;
  }

  private void markBlock(int block) {
    blocks[block] = isTaking ? (byte) (blocks[block] | mark) : mark;
  }

  /** Marks the slots at {@code [from, to)}, which are some, and none of them to be taken out. */
  void mark(int[] slots, int from, int to) {
    byte[] slotMarks = marks;
    byte[] blockMarks = blocks;
    byte value = mark;
    any = true;
    if (blockMarks.length == 0) {
      for (int row = from; row < to; row++) {
        slotMarks[slots[row]] = value;
      }
      return;
    }
    for (int row = from; row < to; row++) {
      slotMarks[slots[row]] = value;
    }
    if (isTaking) {
      for (int row = from; row < to; row++) {
        blockMarks[slots[row] >>> BLOCK_BITS] |= value;
      }
    } else {
      for (int row = from; row < to; row++) {
        blockMarks[slots[row] >>> BLOCK_BITS] = value;
      }
    }
  }

  boolean isEmpty() {
    return !any;
  }

  /**
   * Begins to take out the slots that are marked. What the capture before had to take out is out.
   */
  void beginTaking() {
    if (isTaking) {
      throw new IllegalStateException("a capture begins when the one before is whole");
    }
    isTaking = true;
    any = false;
    mark = (byte) (BOTH - mark);
    next = 0;
  }

  /** As {@link #beginTaking}, of all slots below a limit. */
  void beginTakingAll(int limit) {
    Arrays.fill(marks, 0, limit, mark);
    Arrays.fill(blocks, 0, blocks.length == 0 ? 0 : (limit + BLOCK - 1) >>> BLOCK_BITS, mark);
    beginTaking();
  }

  /** Whether a slot is to be taken out. */
  boolean isToTake(int slot) {
    return marks[slot] == BOTH - mark;
  }

  /** Says that a slot is taken out, or will be before it changes. */
  void settle(int slot) {
    marks[slot] = 0;
  }

  /**
   * Names the next slots that are to be taken out, in rising order, and settles them.
   *
   * @param slots receives them, from 0
   * @param most how many at most
   * @return how many; if they are fewer, there are no more
   */
  int take(int[] slots, int most) {
    int count = name(slots, most);
    for (int i = 0; i < count; i++) {
      marks[slots[i]] = 0;
    }
    return count;
  }

  /** As {@link #take}, but whoever takes them out has to settle them. */
  int name(int[] slots, int most) {
    int count = 0;
    while (isTaking && count < most) {
      int block = nextBlock(next >>> BLOCK_BITS);
      int end = Math.min(marks.length, (block + 1) << BLOCK_BITS);
      next = Math.max(next, block << BLOCK_BITS);
      count = nameFrom(end, slots, count, most);
      if (next == end) {
        leave(block, end);
      }
    }
    return count;
  }

  /** The first block from one on in which slots may be to take out, or the last. */
  private int nextBlock(int from) {
    if (blocks.length == 0) {
      return from;
    }
    int last = ((marks.length + BLOCK - 1) >>> BLOCK_BITS) - 1;
    long taken = (BOTH - mark) * EACH_BYTE;
    for (int block = from; block < last; ) {
      if ((block & (Long.BYTES - 1)) == 0 && ((long) LONG.get(blocks, block) & taken) == 0) {
        block += Long.BYTES;
      } else if ((blocks[block] & (BOTH - mark)) == 0) {
        block++;
      } else {
        return block;
      }
    }
    return last;
  }

  private void leave(int block, int end) {
    if (blocks.length > 0) {
      blocks[block] &= mark;
    }
    isTaking = end < marks.length;
  }

  /** Names slots from {@link #next} on, until there are enough or the end is reached. */
  private int nameFrom(int end, int[] slots, int from, int most) {
    long taken = (BOTH - mark) * EACH_BYTE;
    int count = from;
    for (int at = next & -Long.BYTES; at < end; at += Long.BYTES) {
      long rest = (long) LONG.get(marks, at) & taken;
      if (at < next) {
        rest &= -1L << ((next - at) << 3);
      }
      for (; rest != 0; rest &= rest - 1) {
        int slot = at + (Long.numberOfTrailingZeros(rest) >>> 3);
        if (count == most) {
          next = slot;
          return count;
        }
        slots[count++] = slot;
      }
    }
    next = end;
    return count;
  }

  void clear() {
    if (any || isTaking) {
      Arrays.fill(marks, (byte) 0);
      Arrays.fill(blocks, (byte) 0);
      any = false;
      isTaking = false;
    }
  }

  private static int roundUp(int size) {
    return (size + BLOCK - 1) & -BLOCK;
  }
}
