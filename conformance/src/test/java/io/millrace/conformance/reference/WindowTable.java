package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * EMIT CHANGES into a table without aggregates: of each k the row of the window that came last.
 *
 * @param contents what the window holds
 */
record WindowTable(Condition where, Term term, SlidingRows.Contents contents)
    implements ReferenceQuery {
  static WindowTable random(Condition where, Term term, Random random) {
    List<String> kinds = List.of("time", "length", "unique", "expression", "sorted", "time length");
    String window = kinds.get(random.nextInt(kinds.size()));
    return new WindowTable(where, term, SlidingRows.Contents.random(window, term, random));
  }

  @Override
  public String sql() {
    return "CREATE STREAM K AS SELECT k, a, b FROM S PARTITION BY k; CREATE TABLE O AS SELECT k, "
        + term.sql()
        + " AS x FROM K WINDOW "
        + contents.sql()
        + " WHERE "
        + where.sql()
        + " EMIT CHANGES;";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    return new Run().run(slack < 0 ? history : ReferenceQuery.sorted(history, slack));
  }

  /** One history. A row that leaves is, of those of its key with equal values, the first. */
  private final class Run {
    private final List<ResultRow> sent = new ArrayList<>();
    private final Map<@Nullable String, List<List<@Nullable Object>>> byKey = new HashMap<>();
    private List<InputRow> held = new ArrayList<>();

    List<ResultRow> run(List<InputRow> rows) {
      long time = Long.MIN_VALUE / 2;
      for (InputRow row : rows) {
        time = Math.max(time, row.ts());
        expire(time);
        if (ReferenceQuery.passes(where, row, it -> evaluate(it))
            && !contents.at(time, List.of(row)).isEmpty()) {
          List<InputRow> window = contents.after(held, row);
          if (window != null) {
            arrive(row, window);
          }
        }
      }
      expire(Long.MAX_VALUE);
      return sent;
    }

    private void arrive(InputRow row, List<InputRow> window) {
      Map<@Nullable String, List<@Nullable Object>> changed = new LinkedHashMap<>();
      for (InputRow one : held) {
        if (window.stream().noneMatch(one::isSame)) {
          List<@Nullable Object> last = leave(one);
          if (last != null) {
            changed.putIfAbsent(one.k(), last);
          }
        }
      }
      boolean enters = window.stream().anyMatch(row::isSame);
      if (enters) {
        changed.remove(row.k());
      }
      changed.forEach((k, was) -> send(row.ts(), k, was));
      if (enters) {
        byKey.computeIfAbsent(row.k(), k -> new ArrayList<>()).add(values(row));
        sent.add(new ResultRow(row.ts(), values(row)));
      }
      held = new ArrayList<>(window);
    }

    private void expire(long now) {
      while (contents.size() > 0 && !held.isEmpty()) {
        long first = held.stream().mapToLong(InputRow::ts).min().orElseThrow();
        if (first + contents.size() > now) {
          return;
        }
        InputRow left = held.stream().filter(row -> row.ts() == first).findFirst().orElseThrow();
        held.removeIf(left::isSame);
        List<@Nullable Object> last = leave(left);
        if (last != null) {
          send(first + contents.size(), left.k(), last);
        }
      }
    }

    /** Takes a row out, and gives what its key had, if that was the last one. */
    private @Nullable List<@Nullable Object> leave(InputRow row) {
      List<List<@Nullable Object>> rows = Objects.requireNonNull(byKey.get(row.k()));
      int index = rows.indexOf(values(row));
      List<@Nullable Object> left = rows.remove(index);
      return index == rows.size() ? left : null;
    }

    /** Sends what a key has, or what it had as deleted. */
    private void send(long time, @Nullable String k, List<@Nullable Object> was) {
      List<List<@Nullable Object>> rows = Objects.requireNonNull(byKey.get(k));
      List<@Nullable Object> is = rows.isEmpty() ? new ArrayList<>(was) : rows.get(rows.size() - 1);
      if (rows.isEmpty()) {
        is.add(ResultRow.DELETION);
      }
      sent.add(new ResultRow(time, is));
    }
  }

  private List<@Nullable Object> values(InputRow row) {
    return Arrays.asList(row.k(), term.value(row));
  }

  private void evaluate(InputRow row) {
    term.value(row);
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
