package io.millrace.state.chronicle;

import io.millrace.state.table.SlotIndex;
import java.util.Arrays;

/**
 * Which numbers have which slots, what has happened to them, and which one is to go when there is
 * no room: a hand goes round the slots and takes those that were not asked for since it last came
 * by (the clock of Corbato, A Paging Experiment with the Multics System, 1968), but never one that
 * was asked for within the last {@code held} rows.
 */
final class HotRows {
  /** What has happened to a slot. */
  static final byte CHANGED = 1; // since the last capture

  static final byte UNWRITTEN = 2; // since it was stored
  static final byte STORED = 4; // it is in files, be it as it was before

  private static final int NONE = -1;
  private static final int FEWEST = 16;

  private final int most;
  private final int held;
  private final SlotIndex byNumber = new SlotIndex();
  private int[] numbers = new int[FEWEST];
  private long[] ticks = new long[FEWEST];
  private byte[] flags = new byte[FEWEST];
  private int[] free = new int[FEWEST];
  private int freeCount;
  private int end;
  private int hand;

  /** How many rows have been asked for, those of the present call included. */
  private long tick;

  /** The tick at which the hand last began to go round. */
  private long roundTick;

  /**
   * Makes room for nothing yet.
   *
   * @param most how many slots there are, unless more are held
   * @param held how many rows may be asked for before a slot may go
   */
  HotRows(int most, int held) {
    this.most = most;
    this.held = held;
  }

  /** How many slots there are, unless more are held. */
  int most() {
    return most;
  }

  /** All slots are below it. */
  int end() {
    return end;
  }

  int capacity() {
    return numbers.length;
  }

  /** The number at a slot; negative if there is none. */
  int number(int slot) {
    return numbers[slot];
  }

  /** Some of the slots that have numbers, of which there are any, from all over. */
  int[] some(int atMost) {
    int used = end - freeCount;
    int step = (used + atMost - 1) / atMost;
    int[] some = new int[(used + step - 1) / step];
    int seen = 0;
    for (int slot = 0; slot < end; slot++) {
      if (numbers[slot] >= 0) {
        if (seen % step == 0) {
          some[seen / step] = slot;
        }
        seen++;
      }
    }
    return some;
  }

  /** The slot of a number, or -1. */
  int slot(int number) {
    int hash = hash(number);
    for (int cell = byNumber.home(hash); !byNumber.isEmpty(cell); cell = byNumber.after(cell)) {
      if (byNumber.hasHash(cell, hash)) {
        return byNumber.slot(cell);
      }
    }
    return NONE;
  }

  byte flags(int slot) {
    return flags[slot];
  }

  boolean has(int slot, int flag) {
    return (flags[slot] & flag) != 0;
  }

  /** Clears a flag of all slots. */
  void clearAll(int flag) {
    for (int slot = 0; slot < end; slot++) {
      flags[slot] &= (byte) ~flag;
    }
  }

  /** Marks a slot as changed. */
  void mark(int slot) {
    flags[slot] |= CHANGED | UNWRITTEN;
  }

  /** Begins a call that asks for so many rows. */
  void begin(int rows) {
    tick += rows;
  }

  /** Notes that a slot was asked for by the present call. */
  void ask(int slot) {
    ticks[slot] = tick;
  }

  /** Whether a slot must be given up before another can be had; growing is done if not. */
  boolean isFull() {
    return freeCount == 0 && end >= most;
  }

  /** Takes a slot that is free, or makes one. */
  int take() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    if (end == numbers.length) {
      int capacity = 2 * end;
      numbers = Arrays.copyOf(numbers, capacity);
      ticks = Arrays.copyOf(ticks, capacity);
      flags = Arrays.copyOf(flags, capacity);
    }
    numbers[end] = NONE;
    return end++;
  }

  /** Gives a slot that was taken to a number. */
  void put(int slot, int number, byte state) {
    numbers[slot] = number;
    flags[slot] = state;
    ticks[slot] = tick;
    byNumber.add(hash(number), slot);
  }

  /** Makes a slot free. */
  void release(int slot) {
    byNumber.remove(hash(numbers[slot]), slot);
    numbers[slot] = NONE;
    flags[slot] = 0;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = slot;
  }

  void clear() {
    byNumber.clear();
    Arrays.fill(numbers, 0, end, NONE);
    Arrays.fill(flags, 0, end, (byte) 0);
    freeCount = 0;
    end = 0;
    hand = 0;
  }

  /** The next slot that may go; -1 if all are held. */
  int victim() {
    for (int steps = 0; steps < 2 * end; steps++) {
      if (hand >= end) {
        hand = 0;
        roundTick = tick;
      }
      int slot = hand++;
      boolean unasked = ticks[slot] <= roundTick || steps >= end;
      if (numbers[slot] != NONE && unasked && tick - ticks[slot] > held) {
        return slot;
      }
    }
    return NONE;
  }

  /** Different numbers have different hashes. */
  private static int hash(int number) {
    return number * 0x9E3779B9;
  }
}
