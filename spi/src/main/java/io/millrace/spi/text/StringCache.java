package io.millrace.spi.text;

import org.jspecify.annotations.Nullable;

/**
 * Gives the same string again for short texts that repeat, such as names and codes: no allocation,
 * and a hash that is computed once for all that group by it. Gives up where texts hardly repeat.
 * Used by one thread.
 */
public final class StringCache {
  private static final int LONGEST = 24;
  private static final int SLOTS = 4_096;
  private static final int TRIAL = 1 << 14;

  private @Nullable String @Nullable [] slots = new @Nullable String[SLOTS];
  private int lookups;
  private int misses;

  /** The text as a string. */
  public String get(char[] text, int offset, int length) {
    @Nullable String[] cached = slots;
    if (length > LONGEST || cached == null) {
      return new String(text, offset, length);
    }
    if (length == 0) {
      return "";
    }
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + text[offset + i];
    }
    int slot = (hash ^ hash >>> 12) & (SLOTS - 1);
    String candidate = cached[slot];
    boolean hit = candidate != null && isEqual(candidate, text, offset, length);
    if (++lookups == TRIAL) {
      endTrial();
    }
    if (hit && candidate != null) {
      return candidate;
    }
    misses++;
    String made = new String(text, offset, length);
    cached[slot] = made;
    return made;
  }

  /** Goes on only where at least half of the texts were there. */
  private void endTrial() {
    if (misses > TRIAL / 2) {
      slots = null;
    }
    lookups = 0;
    misses = 0;
  }

  private static boolean isEqual(String candidate, char[] text, int offset, int length) {
    if (candidate.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (candidate.charAt(i) != text[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
