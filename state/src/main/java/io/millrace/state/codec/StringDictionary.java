package io.millrace.state.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The strings that a writer has written and a reader can refer to, numbered in the order of their
 * first appearance. Long ones do not enter; when it is full it forgets all, on both sides at the
 * same place. It keeps saved rows small and lets restored ones share their strings.
 */
final class StringDictionary {
  private static final int CAPACITY = 1 << 15;
  private static final int LONGEST = 64;
  private static final int CELLS = 2 * CAPACITY;

  private final @Nullable String[] texts = new @Nullable String[CAPACITY];
  private int @Nullable [] cells;
  private int size;

  /** Whether a text enters; both sides follow it. */
  private static boolean enters(String text) {
    return text.length() <= LONGEST;
  }

  /** The number of a text, or -1. */
  int find(String text) {
    if (!enters(text)) {
      return -1;
    }
    int[] index = cells();
    for (int cell = home(text); index[cell] != 0; cell = (cell + 1) & (CELLS - 1)) {
      if (text.equals(texts[index[cell] - 1])) {
        return index[cell] - 1;
      }
    }
    return -1;
  }

  /** Adds a text that {@link #find} does not know. */
  void add(String text) {
    if (!enters(text)) {
      return;
    }
    int[] index = cells();
    if (size == CAPACITY) {
      Arrays.fill(index, 0);
    }
    remember(text);
    int cell = home(text);
    while (index[cell] != 0) {
      cell = (cell + 1) & (CELLS - 1);
    }
    index[cell] = size;
  }

  /** Numbers a text that was read; the reader looks nothing up by text. */
  void remember(String text) {
    if (!enters(text)) {
      return;
    }
    if (size == CAPACITY) {
      size = 0;
    }
    texts[size++] = text;
  }

  /** The text of a number; null if there is none, which is an error of the input. */
  @Nullable String text(int number) {
    return number < size ? texts[number] : null;
  }

  private int[] cells() {
    int[] index = cells;
    if (index == null) {
      index = new int[CELLS];
      cells = index;
    }
    return index;
  }

  private static int home(String text) {
    return (text.hashCode() * 0x9E3779B9) >>> 16;
  }
}
