package io.millrace.operators.window;

import java.util.Arrays;

/** Groups that rows have left at a moment, each once, in the order in which they were left. */
final class TouchedGroups {
  private int[] groups = new int[16];
  private boolean[] isTouched = new boolean[16];
  private int count;

  void add(int group) {
    if (group >= isTouched.length) {
      isTouched = Arrays.copyOf(isTouched, Math.max(group + 1, 2 * isTouched.length));
    }
    if (isTouched[group]) {
      return;
    }
    isTouched[group] = true;
    if (count == groups.length) {
      groups = Arrays.copyOf(groups, 2 * count);
    }
    groups[count++] = group;
  }

  boolean contains(int group) {
    return group < isTouched.length && isTouched[group];
  }

  int count() {
    return count;
  }

  int get(int index) {
    return groups[index];
  }

  void clear() {
    for (int i = 0; i < count; i++) {
      isTouched[groups[i]] = false;
    }
    count = 0;
  }
}
