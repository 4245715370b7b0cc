package io.millrace.operators.table;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Numbers keys in the order in which they come first, by their hashes: open addressing with linear
 * probing (Knuth, The Art of Computer Programming, vol. 3, 6.4, algorithm L), at most half full.
 */
final class ChangedKeys {
  /** For how many keys there is room once they are forgotten: many make none that follow slow. */
  private static final int MOST_KEPT = 1024;

  private static final int LEAST = 16;

  /** By place a key's number and 1, or 0. */
  private int[] table = new int[2 * LEAST];

  /** By number the hash of a key. */
  private int[] hashes = new int[LEAST];

  private int count;

  int count() {
    return count;
  }

  /**
   * The number of a key; if it has not come before it is the next one, and {@link #count} has
   * grown.
   *
   * @param isKey whether the key of a number with this hash is the same one
   */
  int number(int hash, IntPredicate isKey) {
    int place = place(hash);
    while (table[place] != 0) {
      int number = table[place] - 1;
      if (hashes[number] == hash && isKey.test(number)) {
        return number;
      }
      place = next(place);
    }
    if (count == hashes.length) {
      grow();
      place = free(hash);
    }
    hashes[count] = hash;
    table[place] = count + 1;
    return count++;
  }

  private int place(int hash) {
    return hash & table.length - 1;
  }

  private int next(int place) {
    return place + 1 & table.length - 1;
  }

  private int free(int hash) {
    int place = place(hash);
    while (table[place] != 0) {
      place = next(place);
    }
    return place;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * count);
    table = new int[4 * count];
    for (int number = 0; number < count; number++) {
      table[free(hashes[number])] = number + 1;
    }
  }

  /** Forgets all keys, at a cost that goes by how many there are. */
  void clear() {
    if (count > MOST_KEPT) {
      hashes = new int[LEAST];
      table = new int[2 * LEAST];
    } else {
      // From its first place on each key is in a row of others, all of which go.
      for (int number = 0; number < count; number++) {
        for (int place = place(hashes[number]); table[place] != 0; place = next(place)) {
          table[place] = 0;
        }
      }
    }
    count = 0;
  }
}
