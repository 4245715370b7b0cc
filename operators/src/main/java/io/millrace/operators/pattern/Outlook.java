package io.millrace.operators.pattern;

import java.util.Arrays;

/**
 * Says without a look at a key's attempts that an event is nothing to any of them: what they wait
 * for together, and for each variable with a {@link Threshold} the least of theirs.
 *
 * <p>It may say too little, never too much: an attempt that begins or goes on is noted at once, one
 * that ends stays noted until somebody looks at them all. It is kept of the keys of late, and not
 * saved.
 */
final class Outlook {
  private static final int MOST = 1 << 16;

  private final AttemptTable table;
  private final Threshold[] thresholds;

  /** By number of a key, as far as that goes, the key and one, and what is known of it. */
  private int[] keys = new int[16];

  private long[] waits = new long[16];
  private final long[][] least;

  Outlook(AttemptTable table, Threshold[] thresholds) {
    this.table = table;
    this.thresholds = thresholds;
    this.least = new long[thresholds.length][16];
  }

  /**
   * Whether an event may be something to an attempt of a key. Always if nothing is known of the
   * key.
   *
   * @param fits the variables that it fits by itself
   * @param fails those whose condition fails for it: they are something to all who wait for them
   */
  boolean mayConcern(int key, long fits, long fails, PatternEvent event) {
    int place = key & (MOST - 1);
    if (place >= keys.length || keys[place] != key + 1) {
      return true;
    }
    long open = waits[place] & fits;
    if ((open & fails) != 0) {
      return true;
    }
    for (int i = 0; open != 0 && i < thresholds.length; i++) {
      Threshold threshold = thresholds[i];
      if ((open >>> threshold.variable & 1) != 0 && threshold.of(event) < least[i][place]) {
        open &= ~(1L << threshold.variable);
      }
    }
    return open != 0;
  }

  /** Looks at all attempts of a key to which events are offered. */
  void look(int key, Candidates all) {
    int place = place(key);
    keys[place] = key + 1;
    waits[place] = 0;
    for (long[] each : least) {
      each[place] = Long.MAX_VALUE;
    }
    for (int i = 0; i < all.size(); i++) {
      add(place, all.number(i), all.id(i), table.waits(all.number(i)));
    }
  }

  /** Notes an attempt of a key that has begun or gone on. */
  void note(int key, Attempt attempt) {
    for (Threshold threshold : thresholds) {
      threshold.forget(attempt.number);
    }
    int place = place(key);
    if (keys[place] == key + 1) {
      add(place, attempt.number, table.id(attempt.number), attempt.waits);
    }
  }

  private void add(int place, int attempt, long id, long waitsFor) {
    waits[place] |= waitsFor;
    for (int i = 0; i < thresholds.length; i++) {
      if ((waitsFor >>> thresholds[i].variable & 1) != 0) {
        least[i][place] = Math.min(least[i][place], thresholds[i].of(attempt, id));
      }
    }
  }

  private int place(int key) {
    int place = key & (MOST - 1);
    if (place >= keys.length) {
      int room = Math.min(MOST, Integer.highestOneBit(place) << 1);
      keys = Arrays.copyOf(keys, room);
      waits = Arrays.copyOf(waits, room);
      for (int i = 0; i < least.length; i++) {
        least[i] = Arrays.copyOf(least[i], room);
      }
    }
    return place;
  }
}
