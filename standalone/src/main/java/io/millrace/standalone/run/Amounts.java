package io.millrace.standalone.run;

import java.util.Locale;

/** Numbers and durations as people write them. */
public final class Amounts {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Amounts() {}

  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number with its noun, such as {@code 1 row} or {@code 2,000 rows}. */
  static String count(long value, String noun) {
    return number(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** Two units at most: {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  public static String duration(long millis) {
    if (millis < 10 * SECOND) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, millis) / 1e3);
    }
    if (millis < MINUTE) {
      return millis / SECOND + " s";
    }
    if (millis < HOUR) {
      return pair(millis, MINUTE, "min", SECOND, "s");
    }
    return millis < DAY
        ? pair(millis, HOUR, "h", MINUTE, "min")
        : pair(millis, DAY, "d", HOUR, "h");
  }

  private static String pair(long millis, long large, String largeName, long small, String name) {
    long rest = millis % large / small;
    return millis / large + " " + largeName + (rest == 0 ? "" : " " + rest + " " + name);
  }
}
