package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SELECT DISTINCT of groups by k of a sliding window: a row of values is sent once while groups
 * have it, with the first row that sends it.
 *
 * @param partitioned whether each k has a window of its own, and is compared with itself alone
 */
record DistinctSliding(
    Condition where, Summary summary, SlidingRows.Contents contents, boolean partitioned, Emit emit)
    implements ReferenceQuery {
  /** Which rows send something. */
  enum Emit {
    ARRIVAL(""),
    EXPIRY(" EMIT ON EXPIRY"),
    CHANGES(" EMIT CHANGES");

    private final String sql;

    Emit(String sql) {
      this.sql = sql;
    }
  }

  static DistinctSliding random(Condition where, Term term, Summary summary, Random random) {
    List<String> kinds = List.of("time", "length", "unique", "expression", "sorted", "time length");
    String kind = kinds.get(random.nextInt(kinds.size()));
    return new DistinctSliding(
        where,
        summary,
        SlidingRows.Contents.random(kind, term, random),
        random.nextBoolean(),
        Emit.values()[random.nextInt(Emit.values().length)]);
  }

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT DISTINCT "
        + summary.sql()
        + " FROM S WINDOW "
        + contents.sql()
        + " WHERE "
        + where.sql()
        + " GROUP BY k"
        + (partitioned ? " PARTITION BY k" : "")
        + emit.sql
        + ";";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    return new Run().run(slack < 0 ? history : ReferenceQuery.sorted(history, slack));
  }

  /** A row of values of a partition. */
  private record Values(@Nullable String partition, List<@Nullable Object> values) {}

  /** One history; rows are held by window, in the order in which they came. */
  private final class Run {
    private final List<ResultRow> sent = new ArrayList<>();
    private final Map<@Nullable String, List<InputRow>> windows = new HashMap<>();
    private final Map<@Nullable String, Values> groups = new HashMap<>();
    private final Set<Values> begun = new HashSet<>();
    private List<InputRow> arrived = List.of();

    List<ResultRow> run(List<InputRow> rows) {
      arrived = rows;
      long time = Long.MIN_VALUE / 2;
      for (InputRow row : rows) {
        time = Math.max(time, row.ts());
        expire(time);
        if (ReferenceQuery.passes(where, row, it -> evaluate(it))
            && !contents.at(time, List.of(row)).isEmpty()) {
          String key = partitioned ? row.k() : "";
          List<InputRow> held = windows.getOrDefault(key, List.of());
          List<InputRow> window = contents.after(held, row);
          if (window != null) {
            arrive(key, row, held, window);
          }
        }
      }
      expire(Long.MAX_VALUE);
      return sent;
    }

    private void arrive(
        @Nullable String key, InputRow row, List<InputRow> held, List<InputRow> window) {
      boolean enters = window.stream().anyMatch(row::isSame);
      Set<@Nullable String> left = new LinkedHashSet<>();
      List<InputRow> between = new ArrayList<>(held);
      for (InputRow one : held) {
        if (window.stream().noneMatch(one::isSame)) {
          left.add(one.k());
          between.removeIf(one::isSame);
        }
      }
      windows.put(key, between);
      left.forEach(group -> change(row.ts(), group, false));
      windows.put(key, new ArrayList<>(window));
      if (enters) {
        change(row.ts(), row.k(), true);
      }
      begun.retainAll(groups.values());
    }

    private void expire(long now) {
      while (contents.size() > 0) {
        List<InputRow> held = new ArrayList<>();
        windows.values().forEach(held::addAll);
        long first = held.stream().mapToLong(InputRow::ts).min().orElse(Long.MAX_VALUE);
        if (held.isEmpty() || first + contents.size() > now) {
          return;
        }
        Set<@Nullable String> changed = new LinkedHashSet<>();
        for (InputRow row : arrived) {
          if (row.ts() == first && held.stream().anyMatch(row::isSame)) {
            changed.add(row.k());
          }
        }
        windows.values().forEach(window -> window.removeIf(row -> row.ts() == first));
        changed.forEach(group -> change(first + contents.size(), group, false));
        begun.retainAll(groups.values());
      }
    }

    private void change(long time, @Nullable String group, boolean isOfEntering) {
      List<InputRow> rows = new ArrayList<>();
      windows
          .values()
          .forEach(
              all -> all.stream().filter(r -> Objects.equals(r.k(), group)).forEach(rows::add));
      if (rows.isEmpty()) {
        groups.remove(group);
        return;
      }
      List<@Nullable Object> values =
          contents.isByArrival() ? summary.inOrder(rows) : summary.of(rows);
      Values now = new Values(partitioned ? group : "", values);
      groups.put(group, now);
      boolean sends =
          emit == Emit.CHANGES || (isOfEntering ? emit == Emit.ARRIVAL : emit == Emit.EXPIRY);
      if (sends && begun.add(now)) {
        sent.add(new ResultRow(time, values));
      }
    }
  }

  private void evaluate(InputRow row) {
    summary.evaluate(row);
    contents.evaluate(row);
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return true;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, this::evaluate);
  }
}
