package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table by k alone over windows that correct what they have sent: of each k the row of the last
 * window that is there.
 *
 * @param windows say what each row replaces
 */
record NewestWindows(RevisedWindows windows) implements ReferenceQuery {
  private static final int KIND_FROM_END = 1;

  static NewestWindows random(String kind, Condition where, Summary summary, Random random) {
    return new NewestWindows(
        RevisedWindows.random(kind, where, summary.ofNumbers(), random).retracting());
  }

  @Override
  public String sql() {
    String stream = windows.sql();
    int from = stream.indexOf(" AS ");
    int aggregates = windows.summary().aggregates().size();
    return "CREATE TABLE O (k STRING PRIMARY KEY, "
        + IntStream.range(0, aggregates)
            .mapToObj(i -> "a" + i + " BIGINT")
            .collect(Collectors.joining(", "))
        + ", ws TIMESTAMP, p STRING, r BIGINT)"
        + stream.substring(from).replace(", ROW_KIND AS rk", "").replace(" WITH RETRACTIONS", "");
  }

  /** A session goes only because another one has its rows, which is sent with it: one change. */
  private boolean isOfOneChange(String kind) {
    return kind.equals("-U") || (kind.equals("-D") && windows.isSession());
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> sent = new ArrayList<>();
    Map<@Nullable Object, List<ResultRow>> byKey = new HashMap<>();
    for (ResultRow row : windows.results(history, slack)) {
      int last = row.values().size() - KIND_FROM_END;
      String kind = String.valueOf(row.values().get(last));
      ResultRow values = new ResultRow(row.time(), row.values().subList(0, last));
      List<ResultRow> rows = byKey.computeIfAbsent(values.values().get(0), k -> new ArrayList<>());
      boolean isNewest = true;
      if (kind.equals("-D") || kind.equals("-U")) {
        isNewest = rows.indexOf(values) == rows.size() - 1;
        rows.remove(values);
      } else {
        int place = rows.size();
        while (place > 0 && rows.get(place - 1).time() > values.time()) {
          place--;
        }
        isNewest = place == rows.size();
        rows.add(place, values);
      }
      if (isNewest && !isOfOneChange(kind)) {
        sent.add(rows.isEmpty() ? deletion(values) : newest(rows, row.time()));
      }
    }
    return sent;
  }

  /** What is the row of its key from a moment on. */
  private static ResultRow newest(List<ResultRow> rows, long time) {
    return new ResultRow(time, rows.get(rows.size() - 1).values());
  }

  private static ResultRow deletion(ResultRow gone) {
    List<@Nullable Object> values = new ArrayList<>(gone.values());
    values.add(ResultRow.DELETION);
    return new ResultRow(gone.time(), values);
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return true;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return windows.succeeds(row);
  }
}
