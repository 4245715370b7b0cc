package io.millrace.conformance.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sessions of each k, all rows of each kept until it is past. */
record SessionWindows(Condition where, Summary summary, long gap, long grace)
    implements ReferenceQuery {

  /** A row, and the how many-th it was. */
  private record Arrival(InputRow row, int number) {
    long ts() {
      return row.ts();
    }
  }

  private record Session(@Nullable String k, List<Arrival> arrivals) {
    long start() {
      return arrivals.stream().mapToLong(Arrival::ts).min().orElseThrow();
    }

    long last() {
      return arrivals.stream().mapToLong(Arrival::ts).max().orElseThrow();
    }

    int first() {
      return arrivals.stream()
          .filter(arrival -> arrival.ts() == start())
          .mapToInt(Arrival::number)
          .min()
          .orElseThrow();
    }

    List<InputRow> rows() {
      return arrivals.stream().map(Arrival::row).toList();
    }
  }

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, "
        + summary.sql()
        + ", WINDOW_START AS ws FROM S WINDOW SESSION ("
        + gap
        + " MS, GRACE PERIOD "
        + grace
        + " MS) WHERE "
        + where.sql()
        + " GROUP BY k;";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> results = new ArrayList<>();
    List<Session> open = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < history.size(); i++) {
      InputRow row = history.get(i);
      if (ReferenceQuery.passes(where, row, summary::evaluate)) {
        take(new Arrival(row, i), watermark, open);
      }
      watermark = Math.max(watermark, row.ts() - Math.max(0, slack));
      close(open, watermark, results);
    }
    close(open, Long.MAX_VALUE, results);
    return results;
  }

  private void take(Arrival arrival, long watermark, List<Session> open) {
    InputRow row = arrival.row();
    List<Session> joined =
        open.stream()
            .filter(s -> Objects.equals(s.k(), row.k()))
            .filter(s -> s.start() - gap <= row.ts() && row.ts() <= s.last() + gap)
            .toList();
    if (joined.isEmpty() && row.ts() + gap + grace < watermark) {
      return;
    }
    List<Arrival> arrivals = new ArrayList<>();
    joined.forEach(session -> arrivals.addAll(session.arrivals()));
    arrivals.add(arrival);
    open.removeAll(joined);
    open.add(new Session(row.k(), arrivals));
  }

  private void close(List<Session> open, long watermark, List<ResultRow> results) {
    List<Session> due =
        open.stream()
            .filter(session -> session.last() + gap + grace < watermark)
            .sorted(
                Comparator.comparingLong(Session::last)
                    .thenComparingLong(Session::start)
                    .thenComparingInt(Session::first))
            .toList();
    open.removeAll(due);
    for (Session session : due) {
      List<@Nullable Object> values =
          new ArrayList<>(ReferenceQuery.listOf(session.k(), summary.of(session.rows())));
      values.add(Instant.ofEpochMilli(session.start()));
      results.add(new ResultRow(session.last() + gap - 1, values));
    }
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return true;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, summary::evaluate);
  }
}
