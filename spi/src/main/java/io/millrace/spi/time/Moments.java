package io.millrace.spi.time;

import java.util.Arrays;

/**
 * The moments of rows within a turn, and how they compare. A moment is a number that says when in
 * the time of the sources something is due: at a deadline ({@link #ofDeadline}), or behind the
 * deadlines of a time ({@link #ofRow}).
 *
 * <p>Rows that get times of their own move another watermark. What is due by that one <em>follows
 * </em> the moment of the row that has moved it, and comes in the order of that watermark: its
 * moment has two parts, or more where rows get times again and again. A moment comes before all
 * that follow it, and these come before the next moment. Such a moment is a number, too, but one
 * that only the object which gave it out knows the parts of, until it is cleared.
 *
 * <p>Used by one thread.
 */
public final class Moments {
  /** Those of one time, of which none follows another. */
  public static final Moments NONE = new Moments(0);

  /** For how many there is room between two turns. */
  private static final int MOST_KEPT = 1024;

  /** The first number of a moment that follows another one. */
  private static final long FIRST = Timeline.END - (1L << 32);

  /** The last moment of a time before the end. */
  private static final long LAST = FIRST - 1;

  /** By number less {@code FIRST}: which moment it follows, and its own part. */
  private long[] followed;

  private long[] own;
  private int count;

  /** Numbers by their parts, behind each other where several have one place; 0 if there is none. */
  private int[] table;

  public Moments() {
    this(16);
  }

  private Moments(int room) {
    followed = new long[room];
    own = new long[room];
    table = new int[2 * room];
  }

  /** The moment of what happens when the watermark of the sources has reached a time. */
  public static long ofDeadline(long time) {
    if (time == Timeline.END) {
      return time;
    }
    long twice = time << 1;
    if (twice >> 1 != time) {
      return time < 0 ? Timeline.NEVER : LAST;
    }
    return Math.min(twice, LAST);
  }

  /** The moment of the rows of a time that have waited for their place: behind its deadlines. */
  public static long ofRow(long time) {
    return time == Timeline.END ? time : Math.min(ofDeadline(time) | 1, LAST);
  }

  /**
   * The last deadline before a moment of one part, or before the own part of another one, which is
   * not {@code END}.
   */
  public static long lastDeadlineBefore(long moment) {
    return moment == Timeline.NEVER ? moment : (moment - 1) >> 1;
  }

  /** Whether a moment follows another one. */
  public static boolean isFollowing(long moment) {
    return moment >= FIRST && moment != Timeline.END;
  }

  /** Forgets all that follow others. */
  public void clear() {
    if (table.length > 2 * MOST_KEPT) { // a turn of very many does not make later ones slow
      followed = new long[MOST_KEPT];
      own = new long[MOST_KEPT];
      table = new int[2 * MOST_KEPT];
    } else if (count > 0) {
      Arrays.fill(table, 0);
    }
    count = 0;
  }

  /**
   * The moment that follows another one: the same number for the same parts.
   *
   * @param part of one part, in the time of the watermark that has been moved
   */
  public long following(long moment, long part) {
    if (count == own.length) {
      grow();
    }
    int at = place(moment, part);
    while (table[at] != 0) {
      int index = table[at] - 1;
      if (followed[index] == moment && own[index] == part) {
        return FIRST + index;
      }
      at = at + 1 == table.length ? 0 : at + 1;
    }
    followed[count] = moment;
    own[count++] = part;
    table[at] = count;
    return FIRST + count - 1;
  }

  private void grow() {
    if (this == NONE) {
      throw new IllegalStateException("no moment follows another one here");
    }
    followed = Arrays.copyOf(followed, 2 * followed.length);
    own = Arrays.copyOf(own, followed.length);
    table = new int[2 * followed.length];
    for (int index = 0; index < count; index++) {
      int at = place(followed[index], own[index]);
      while (table[at] != 0) {
        at = at + 1 == table.length ? 0 : at + 1;
      }
      table[at] = index + 1;
    }
  }

  private int place(long moment, long part) {
    long mixed = (moment * 0x9E3779B97F4A7C15L + part) * 0x9E3779B97F4A7C15L;
    return (int) Math.floorMod(mixed >>> 32, (long) table.length);
  }

  /**
   * A moment of at least as many parts, that follows it: between it and all that does if the parts
   * are {@code NEVER}, behind all that does if they are {@code END}. Itself if it has as many.
   */
  public long padded(long moment, int parts, long part) {
    long padded = moment;
    for (int count = parts(moment); count < parts; count++) {
      padded = following(padded, part);
    }
    return padded;
  }

  /** The part of a moment that is its own: itself if it follows none. */
  public long ownPart(long moment) {
    return isFollowing(moment) ? own[index(moment)] : moment;
  }

  /** The first part of a moment: itself if it follows none. */
  private long firstPart(long moment) {
    long first = moment;
    while (isFollowing(first)) {
      first = followed[index(first)];
    }
    return first;
  }

  private static int index(long moment) {
    return (int) (moment - FIRST);
  }

  /** How many parts a moment has. */
  public int parts(long moment) {
    int parts = 1;
    for (long at = moment; isFollowing(at); at = followed[index(at)]) {
      parts++;
    }
    return parts;
  }

  private long upTo(long moment, int parts) {
    long at = moment;
    for (int left = parts(moment); left > parts; left--) {
      at = followed[index(at)];
    }
    return at;
  }

  /** Whether a moment follows another one, right behind it or behind others that do. */
  public boolean follows(long moment, long other) {
    for (long at = moment; isFollowing(at); at = followed[index(at)]) {
      if (followed[index(at)] == other) {
        return true;
      }
    }
    return false;
  }

  /**
   * The last deadline that follows {@code other} and comes before a moment that follows it, too.
   */
  public long lastDeadlineBefore(long moment, long other) {
    long at = moment;
    while (followed[index(at)] != other) {
      at = followed[index(at)];
    }
    long part = own[index(at)];
    return at == moment || part == Timeline.NEVER ? lastDeadlineBefore(part) : part >> 1;
  }

  /** The last deadline of the sources before a moment, which is not {@code END}. */
  public long lastDeadlineOfSourcesBefore(long moment) {
    long part = firstPart(moment);
    if (part == moment) {
      return lastDeadlineBefore(moment);
    }
    return part == Timeline.NEVER || part == Timeline.END ? part : part >> 1;
  }

  public int compare(long one, long other) {
    if (one == other || (!isFollowing(one) && !isFollowing(other))) {
      return Long.compare(one, other);
    }
    int parts = parts(one);
    int ofOther = parts(other);
    long first = upTo(one, Math.min(parts, ofOther));
    long second = upTo(other, Math.min(parts, ofOther));
    if (first == second) {
      return Integer.compare(parts, ofOther);
    }
    while (isFollowing(first) && followed[index(first)] != followed[index(second)]) {
      first = followed[index(first)];
      second = followed[index(second)];
    }
    return Long.compare(ownPart(first), ownPart(second));
  }

  /** The later one of two. */
  public long latest(long one, long other) {
    return compare(one, other) < 0 ? other : one;
  }

  /** The earlier one of two. */
  public long earliest(long one, long other) {
    return compare(one, other) <= 0 ? one : other;
  }
}
