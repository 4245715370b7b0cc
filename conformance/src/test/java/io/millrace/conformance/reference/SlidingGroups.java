package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a sliding window as a table, or EMIT CHANGES WITH RETRACTIONS: what changes in a
 * group is sent, once for an arriving row and what leaves for it, and that it has no rows any more.
 *
 * @param partitioned whether each k has a window of its own
 * @param grouped whether there are groups by k; else of each window
 * @param left groups whose count divided by 3 leaves it are not in the result; negative for none
 * @param intoTable whether it is a table, else a stream
 */
record SlidingGroups(
    Condition where,
    Summary summary,
    SlidingRows.Contents contents,
    boolean partitioned,
    boolean grouped,
    int left,
    boolean isDistinct,
    boolean intoTable)
    implements ReferenceQuery {

  static SlidingGroups random(Condition where, Term term, Summary summary, Random random) {
    List<String> kinds = List.of("time", "length", "unique", "expression", "sorted", "time length");
    String kind = kinds.get(random.nextInt(kinds.size()));
    return new SlidingGroups(
        where,
        summary,
        SlidingRows.Contents.random(kind, term, random),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextInt(4) - 1,
        random.nextBoolean(),
        random.nextBoolean());
  }

  @Override
  public String sql() {
    return (intoTable ? "CREATE TABLE O AS SELECT k, " : "CREATE STREAM O AS SELECT k, ")
        + summary.sql()
        + " FROM S WINDOW "
        + contents.sql()
        + " WHERE "
        + where.sql()
        + (grouped ? " GROUP BY k" : "")
        + (left < 0 ? "" : " HAVING count(*) % 3 <> " + left)
        + (partitioned ? " PARTITION BY k" : "")
        + (isDistinct ? " EMIT CHANGES DISTINCT" : intoTable ? "" : " EMIT CHANGES")
        + (intoTable ? ";" : " WITH RETRACTIONS;");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    return new Run().run(slack < 0 ? history : ReferenceQuery.sorted(history, slack));
  }

  /** One history; rows are held by window, in the order in which they came. */
  private final class Run {
    private final List<ResultRow> sent = new ArrayList<>();
    private final Map<@Nullable String, List<InputRow>> windows = new HashMap<>();
    private final Map<@Nullable String, ResultRow> last = new HashMap<>();
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
            windows.put(key, new ArrayList<>(window));
            arrive(row, held, window);
          }
        }
      }
      expire(Long.MAX_VALUE);
      return sent;
    }

    private void arrive(InputRow row, List<InputRow> held, List<InputRow> window) {
      boolean enters = window.stream().anyMatch(row::isSame);
      Set<@Nullable String> changed = new LinkedHashSet<>();
      for (InputRow one : held) {
        if (window.stream().noneMatch(one::isSame)) {
          changed.add(group(one));
        }
      }
      if (enters) {
        changed.remove(group(row));
        changed.add(group(row));
      }
      changed.forEach(group -> send(row.ts(), group));
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
            changed.add(group(row));
          }
        }
        windows.values().forEach(window -> window.removeIf(row -> row.ts() == first));
        changed.forEach(group -> send(first + contents.size(), group));
      }
    }

    private void send(long time, @Nullable String group) {
      List<InputRow> rows = new ArrayList<>();
      windows.values().forEach(all -> all.stream().filter(r -> isOf(group, r)).forEach(rows::add));
      ResultRow before = last.get(group);
      if (rows.isEmpty() || rows.size() % 3 == left) {
        last.remove(group);
        if (before != null) {
          sent.add(marked(time, before, ResultRow.DELETION));
        }
        return;
      }
      ResultRow row = new ResultRow(time, values(rows));
      if (before != null && isDistinct && before.values().equals(row.values())) {
        return;
      }
      if (before != null && !intoTable) {
        sent.add(marked(before.time(), before, ResultRow.REPLACED));
      }
      sent.add(row);
      last.put(group, row);
    }
  }

  private @Nullable String group(InputRow row) {
    return grouped || partitioned ? row.k() : "";
  }

  private boolean isOf(@Nullable String group, InputRow row) {
    return Objects.equals(group(row), group);
  }

  private List<@Nullable Object> values(List<InputRow> rows) {
    InputRow newest = rows.get(0);
    for (InputRow row : rows) {
      newest = contents.size() == 0 || row.ts() >= newest.ts() ? row : newest;
    }
    return ReferenceQuery.listOf(
        newest.k(), contents.isByArrival() ? summary.inOrder(rows) : summary.of(rows));
  }

  private static ResultRow marked(long time, ResultRow row, String kind) {
    List<@Nullable Object> values = new ArrayList<>(row.values());
    values.add(kind);
    return new ResultRow(time, values);
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
