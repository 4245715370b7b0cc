package io.millrace.spi.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The name that was probably meant: the nearest by optimal string alignment distance (Levenshtein
 * with transpositions; Damerau 1964), without regard to case, if it is at most a third of the
 * length away. Of equally near names it is one that begins like the misspelt one, since the first
 * letter is seldom mistaken, then the one that comes first.
 */
public final class NearestName {
  private NearestName() {}

  public static Optional<String> find(String misspelt, Collection<String> known) {
    String wanted = misspelt.toLowerCase(Locale.ROOT);
    int limit = wanted.length() == 1 ? 0 : Math.max(1, wanted.length() / 3);
    String best = null;
    int bestDistance = limit + 1;
    for (String name : known) {
      int distance = distance(wanted, name.toLowerCase(Locale.ROOT), limit);
      boolean isNearer =
          distance < bestDistance
              || (best != null
                  && distance == bestDistance
                  && beginsLike(wanted, name)
                  && !beginsLike(wanted, best));
      if (isNearer) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean beginsLike(String wanted, String name) {
    return !name.isEmpty() && wanted.startsWith(name.substring(0, 1).toLowerCase(Locale.ROOT));
  }

  /** A hint {@code did you mean 'name'?}, if a name is near. */
  public static Optional<String> hint(String misspelt, Collection<String> known) {
    return find(misspelt, known).map(name -> "did you mean '" + name + "'?");
  }

  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, beforeLast[j - 2] + 1);
        }
        row[j] = best;
      }
      int[] oldest = beforeLast;
      beforeLast = last;
      last = row;
      row = oldest;
    }
    return last[b.length()];
  }
}
