package io.millrace.language.analysis;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads texts of times of which the end may be missing: {@code 2024}, {@code 2024-03}, {@code
 * 2024-03-01}, {@code 2024-03-01 10}, {@code 2024-03-01 10:15}, {@code 2024-03-01 10:15:30}. Each
 * is a period of the calendar of a zone, which the text may name behind an hour. Stars may stand
 * for what is missing: {@code 2024-03-** **:**:**}.
 */
final class PeriodText {
  private static final Pattern TEXT =
      Pattern.compile(
          "(\\d{4,6})(?:-(\\d{2})(?:-(\\d{2})(?:[Tt ]+(\\d{2})(?::(\\d{2})(?::(\\d{2}))?)?"
              + "\\s*([Zz]|[+-]\\d{2}(?::?\\d{2})?|[A-Za-z].*)?)?)?)?");
  private static final Pattern STARS = Pattern.compile("(?:[-T: ]+\\*{1,2})+$");

  private PeriodText() {}

  /**
   * A part of the time line: {@code [start, end)}.
   *
   * @param start milliseconds since the epoch
   * @param end milliseconds since the epoch
   */
  record Period(long start, long end) {}

  /** The period of a text; empty if it is none. */
  static Optional<Period> parse(String text, ZoneId zone) {
    Matcher matcher = TEXT.matcher(STARS.matcher(text.strip()).replaceFirst(""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      String named = matcher.group(7);
      ZoneId in = named == null ? zone : ZoneId.of(named.equals("z") ? "Z" : named);
      LocalDateTime start =
          LocalDateTime.of(
              LocalDate.of(number(matcher, 1, 0), number(matcher, 2, 1), number(matcher, 3, 1)),
              LocalTime.of(number(matcher, 4, 0), number(matcher, 5, 0), number(matcher, 6, 0)));
      return Optional.of(new Period(millis(start, in), millis(start.plus(1, unit(matcher)), in)));
    } catch (DateTimeException ignored) { // the answer is "no such period"
      return Optional.empty();
    }
  }

  private static int number(Matcher matcher, int group, int otherwise) {
    return matcher.group(group) == null ? otherwise : Integer.parseInt(matcher.group(group));
  }

  /** The unit of the last part that is there. */
  private static ChronoUnit unit(Matcher matcher) {
    ChronoUnit[] units = {
      ChronoUnit.YEARS,
      ChronoUnit.MONTHS,
      ChronoUnit.DAYS,
      ChronoUnit.HOURS,
      ChronoUnit.MINUTES,
      ChronoUnit.SECONDS
    };
    int last = units.length;
    while (matcher.group(last) == null) {
      last--;
    }
    return units[last - 1];
  }

  /** The first moment at which clocks of the zone show a time, or what they jump to over it. */
  private static long millis(LocalDateTime time, ZoneId zone) {
    ZoneOffsetTransition jump = zone.getRules().getTransition(time);
    return jump != null && jump.isGap()
        ? jump.getInstant().toEpochMilli()
        : time.atZone(zone).toInstant().toEpochMilli();
  }
}
