package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * EMIT FIRST, LAST and ALL over a query whose groups, if it has any, are its first column.
 *
 * @param kind FIRST, LAST or ALL
 * @param every milliseconds, or rows
 * @param isTime which of them
 * @param isGrouped whether the first column tells groups apart
 * @param sendsAtOnce whether the query sends rows in the order in which they come in
 */
record LimitedEmissions(
    ReferenceQuery query,
    String kind,
    long every,
    boolean isTime,
    boolean isGrouped,
    boolean sendsAtOnce)
    implements ReferenceQuery {

  /** A row that the query sends without the limit. */
  private record Sent(ResultRow row, long moment) {}

  static LimitedEmissions random(ReferenceQuery query, String name, Random random) {
    boolean isTime = random.nextBoolean();
    boolean isPlain = query instanceof ReferenceQuery.Plain;
    return new LimitedEmissions(
        query,
        List.of("FIRST", "LAST", "ALL").get(random.nextInt(3)),
        isTime ? 500L * (1 + random.nextInt(12)) : 1 + random.nextInt(4),
        isTime,
        !isPlain,
        isPlain || name.endsWith("grouped"));
  }

  @Override
  public String sql() {
    String text = query.sql();
    return text.substring(0, text.length() - 1)
        + " EMIT "
        + kind
        + " EVERY "
        + every
        + (isTime ? " MS;" : " EVENTS;");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    return isTime ? byTime(sent(history, slack)) : byCount(query.results(history, slack));
  }

  private @Nullable Object group(ResultRow row) {
    return isGrouped ? row.values().get(0) : null;
  }

  private List<ResultRow> byCount(List<ResultRow> sent) {
    List<ResultRow> rows = new ArrayList<>();
    Map<@Nullable Object, List<ResultRow>> groups = new HashMap<>();
    for (ResultRow row : sent) {
      List<ResultRow> held = groups.computeIfAbsent(group(row), key -> new ArrayList<>());
      held.add(row);
      if (kind.equals("FIRST") && held.size() == 1) {
        rows.add(row);
      }
      if (held.size() == every) {
        if (kind.equals("LAST")) {
          rows.add(row);
        } else if (kind.equals("ALL")) {
          held.forEach(one -> rows.add(new ResultRow(row.time(), one.values())));
        }
        groups.remove(group(row));
      }
    }
    return rows;
  }

  private List<ResultRow> byTime(List<Sent> sent) {
    List<ResultRow> rows = new ArrayList<>();
    TreeMap<Long, List<ResultRow>> intervals = new TreeMap<>();
    for (Sent one : sent) {
      long end = (Math.floorDiv(one.moment(), every) + 1) * every;
      List<ResultRow> before = intervals.computeIfAbsent(end, key -> new ArrayList<>());
      boolean isFirst =
          before.stream()
              .noneMatch(
                  row -> String.valueOf(group(row)).equals(String.valueOf(group(one.row()))));
      before.add(one.row());
      if (isFirst && kind.equals("FIRST")) {
        rows.add(one.row());
      }
    }
    if (kind.equals("FIRST")) {
      return rows;
    }
    intervals.forEach(
        (end, all) ->
            (kind.equals("ALL") ? all : lastOfGroups(all))
                .forEach(row -> rows.add(new ResultRow(end, row.values()))));
    return rows;
  }

  /** Groups come in the order of their first rows, by time, then by arrival. */
  private List<ResultRow> lastOfGroups(List<ResultRow> all) {
    List<ResultRow> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingLong(ResultRow::time));
    Map<@Nullable Object, ResultRow> groups = new LinkedHashMap<>();
    sorted.forEach(row -> groups.putIfAbsent(group(row), row));
    all.forEach(row -> groups.put(group(row), row));
    return new ArrayList<>(groups.values());
  }

  /**
   * A row counts for its time, or for the watermark that has passed it: which only happens where
   * rows are sent as they come.
   */
  private List<Sent> sent(List<InputRow> history, long slack) {
    if (!sendsAtOnce) {
      return query.results(history, slack).stream().map(row -> new Sent(row, row.time())).toList();
    }
    List<Sent> sent = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < history.size(); i++) {
      List<ResultRow> all = query.results(history.subList(0, i + 1), slack);
      for (ResultRow row : all.subList(sent.size(), all.size())) {
        sent.add(new Sent(row, Math.max(row.time(), watermark)));
      }
      watermark = Math.max(watermark, history.get(i).ts() - Math.max(0, slack));
    }
    return sent;
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return query.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return query.succeeds(row);
  }
}
