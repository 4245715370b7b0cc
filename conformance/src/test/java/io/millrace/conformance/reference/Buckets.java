package io.millrace.conformance.reference;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation by k, or of all, in buckets from one granularity to another.
 *
 * @param retentions how long a bucket is kept behind its end, in milliseconds by granularity; -1
 *     for ever
 */
record Buckets(
    Condition where,
    Summary summary,
    boolean isGrouped,
    ZoneId zone,
    List<String> units,
    Map<String, Long> retentions) {
  private static final List<String> ALL =
      List.of("second", "minute", "hour", "day", "week", "month", "quarter", "year");

  static Buckets random(Random random, ZoneId zone) {
    int first = random.nextInt(ALL.size());
    List<String> units = ALL.subList(first, first + 1 + random.nextInt(ALL.size() - first));
    Map<String, Long> retentions = new LinkedHashMap<>();
    for (String unit : units) {
      boolean isForever = random.nextInt(3) == 0;
      long most = Math.max(1, 3 * ChronoUnit.valueOf(chrono(unit)).getDuration().toMillis());
      retentions.put(unit, isForever ? -1 : Math.floorMod(random.nextLong(), most));
    }
    return new Buckets(
        Condition.random(random, 2),
        Summary.random(random),
        random.nextBoolean(),
        zone,
        units,
        retentions);
  }

  private static String chrono(String unit) {
    return (unit.equals("quarter") ? "MONTH" : unit.toUpperCase(Locale.ROOT)) + "S";
  }

  String sql() {
    StringBuilder options = new StringBuilder("time.zone = '" + zone + "'");
    retentions.forEach(
        (unit, millis) ->
            options.append(
                ", 'retention."
                    + unit
                    + "' = '"
                    + (millis < 0 ? "forever" : millis + " MILLISECONDS")
                    + "'"));
    return "CREATE AGGREGATION A WITH ("
        + options
        + ") AS SELECT "
        + (isGrouped ? "k, " : "")
        + summary.sql()
        + " FROM S WHERE "
        + where.sql()
        + (isGrouped ? " GROUP BY k" : "")
        + " EVERY "
        + units.get(0)
        + " TO "
        + units.get(units.size() - 1)
        + ";";
  }

  String question(String unit) {
    return "SELECT WINDOW_START, WINDOW_END, A.* FROM A WITHIN UNBOUNDED PER '" + unit + "s'";
  }

  /** The rows of all buckets that are there behind the last row. */
  List<List<@Nullable Object>> held(String unit, List<InputRow> history, long slack) {
    Map<Instant, List<InputRow>> buckets = new TreeMap<>();
    long watermark = Long.MIN_VALUE;
    for (InputRow row : history) {
      Instant start = start(unit, row.time());
      if (ReferenceQuery.passes(where, row, summary::evaluate) && isKept(unit, start, watermark)) {
        buckets.computeIfAbsent(start, s -> new ArrayList<>()).add(row);
      }
      watermark = Math.max(watermark, row.ts() - slack);
    }
    List<List<@Nullable Object>> result = new ArrayList<>();
    for (Map.Entry<Instant, List<InputRow>> bucket : buckets.entrySet()) {
      if (isKept(unit, bucket.getKey(), watermark)) {
        addGroups(unit, bucket.getKey(), bucket.getValue(), result);
      }
    }
    return result;
  }

  private void addGroups(
      String unit, Instant start, List<InputRow> rows, List<List<@Nullable Object>> result) {
    List<InputRow> ordered = new ArrayList<>(rows);
    ordered.sort((a, b) -> Long.compare(a.ts(), b.ts()));
    Map<@Nullable Object, List<InputRow>> groups = new LinkedHashMap<>();
    for (InputRow row : ordered) {
      groups.computeIfAbsent(isGrouped ? row.k() : null, k -> new ArrayList<>()).add(row);
    }
    groups.forEach(
        (key, group) -> {
          List<@Nullable Object> values = new ArrayList<>(Arrays.asList(start, end(unit, start)));
          if (isGrouped) {
            values.add(key);
          }
          values.addAll(summary.of(group));
          result.add(values);
        });
  }

  private boolean isKept(String unit, Instant start, long watermark) {
    long retention = retentions.getOrDefault(unit, -1L);
    return retention < 0 || end(unit, start).toEpochMilli() + retention > watermark;
  }

  private Instant start(String unit, Instant time) {
    ZonedDateTime local = time.atZone(zone);
    ZonedDateTime day = local.toLocalDate().atStartOfDay(zone);
    return switch (unit) {
      case "second", "minute", "hour" ->
          local.truncatedTo(ChronoUnit.valueOf(chrono(unit))).toInstant();
      case "day" -> day.toInstant();
      case "week" -> day.minusDays(day.getDayOfWeek().getValue() - 1L).toInstant();
      case "month" -> day.withDayOfMonth(1).toInstant();
      case "quarter" ->
          day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1L) % 3).toInstant();
      default -> day.withDayOfYear(1).toInstant();
    };
  }

  private Instant end(String unit, Instant start) {
    return start
        .atZone(zone)
        .plus(unit.equals("quarter") ? 3 : 1, ChronoUnit.valueOf(chrono(unit)))
        .toInstant();
  }
}
