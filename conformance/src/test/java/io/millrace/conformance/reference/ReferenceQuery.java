package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A query over {@code S} into {@code O}, and what it means. */
interface ReferenceQuery {
  /** The statements behind the declaration of {@code S}. */
  String sql();

  /**
   * The statements, and the declaration.
   *
   * @param slack by how many milliseconds the watermark of {@code S} is behind; negative if it
   *     declares none
   */
  default String script(long slack) {
    String time =
        slack < 0 ? "TIMESTAMP BY ts" : "WATERMARK FOR ts AS ts - " + slack + " MILLISECONDS";
    return "CREATE STREAM S (k STRING, a INT, b BIGINT, ts TIMESTAMP, " + time + ");\n" + sql();
  }

  /**
   * All rows that it sends for a history that ends with the watermark at the end of time.
   *
   * @param slack how far the watermark of S stays behind; negative if S is TIMESTAMP BY, so that
   *     nothing is sorted
   */
  List<ResultRow> results(List<InputRow> history, long slack);

  /** The same rows, those together that are sent together: for windows, those of one time. */
  default List<List<ResultRow>> emissions(List<InputRow> history, long slack) {
    List<List<ResultRow>> emissions = new ArrayList<>();
    long time = ResultRow.ANY_TIME;
    for (ResultRow row : results(history, slack)) {
      if (row.time() != time) {
        emissions.add(new ArrayList<>());
      }
      emissions.get(emissions.size() - 1).add(row);
      time = row.time();
    }
    return emissions;
  }

  /** Whether a row that fails leaves the query the same way as a late one does, uncounted here. */
  boolean mayDropLateRows(long slack);

  /** The number of rows that fail; of queries that drop no late rows only. */
  default long failures(List<InputRow> history) {
    return history.stream().filter(row -> !succeeds(row)).count();
  }

  /** Whether no expression of the query fails for the row. */
  boolean succeeds(InputRow row);

  /** A statement without the semicolon at its end; one in a text stays. */
  static String unfinished(String statement) {
    return statement.replaceFirst(";$", "");
  }

  /** Whether a condition lets a row pass; a failing one does not. */
  static boolean passes(Condition where, InputRow row, Consumer<InputRow> evaluation) {
    try {
      if (!Boolean.TRUE.equals(where.value(row))) {
        return false;
      }
      evaluation.accept(row);
      return true;
    } catch (ArithmeticException failed) {
      return false;
    }
  }

  static boolean succeeds(Condition where, InputRow row, Consumer<InputRow> evaluation) {
    try {
      if (Boolean.TRUE.equals(where.value(row))) {
        evaluation.accept(row);
      }
      return true;
    } catch (ArithmeticException failed) {
      return false;
    }
  }

  static List<@Nullable Object> listOf(@Nullable Object first, List<@Nullable Object> rest) {
    List<@Nullable Object> list = new ArrayList<>();
    list.add(first);
    list.addAll(rest);
    return list;
  }

  /**
   * Rows of a window by k, in the order of their first events, by time, then by arrival.
   *
   * @param arrived in the order in which they came
   */
  static Map<@Nullable String, List<InputRow>> groups(List<InputRow> arrived) {
    List<InputRow> order = new ArrayList<>(arrived);
    order.sort(Comparator.comparingLong(InputRow::ts));
    Map<@Nullable String, List<InputRow>> groups = new LinkedHashMap<>();
    order.forEach(row -> groups.computeIfAbsent(row.k(), k -> new ArrayList<>()).add(row));
    return groups;
  }

  /** What is not late, by time, then by arrival. */
  static List<InputRow> sorted(List<InputRow> history, long slack) {
    List<InputRow> inTime = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    for (InputRow row : history) {
      if (row.ts() >= watermark) {
        inTime.add(row);
      }
      watermark = Math.max(watermark, row.ts() - slack);
    }
    inTime.sort(Comparator.comparingLong(InputRow::ts));
    return inTime;
  }

  /** Filter and projection, or SELECT DISTINCT. */
  record Plain(Condition where, Term term, boolean distinct) implements ReferenceQuery {
    @Override
    public String sql() {
      return "CREATE STREAM O AS SELECT "
          + (distinct ? "DISTINCT " : "")
          + "k, "
          + term.sql()
          + " AS x FROM S WHERE "
          + where.sql()
          + ";";
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<ResultRow> rows = new ArrayList<>();
      Set<List<@Nullable Object>> seen = new LinkedHashSet<>();
      for (InputRow row : history) {
        if (passes(where, row, term::value)) {
          List<@Nullable Object> values = new ArrayList<>();
          values.add(row.k());
          values.add(term.value(row));
          if (seen.add(values) || !distinct) {
            rows.add(new ResultRow(row.ts(), values));
          }
        }
      }
      return rows;
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return false;
    }

    @Override
    public boolean succeeds(InputRow row) {
      return ReferenceQuery.succeeds(where, row, term::value);
    }
  }

  /** Two queries that feed one stream. */
  record Two(Plain first, Plain second) implements ReferenceQuery {
    @Override
    public String sql() {
      return "CREATE STREAM O (k STRING, x BIGINT); " + insert(first) + insert(second);
    }

    private static String insert(Plain query) {
      return query.sql().replace("CREATE STREAM O AS", "INSERT INTO O") + " ";
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<ResultRow> rows = new ArrayList<>();
      for (InputRow row : history) {
        rows.addAll(first.results(List.of(row), slack));
        rows.addAll(second.results(List.of(row), slack));
      }
      return rows;
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return false;
    }

    @Override
    public long failures(List<InputRow> history) {
      return first.failures(history) + second.failures(history);
    }

    @Override
    public boolean succeeds(InputRow row) {
      return first.succeeds(row) && second.succeeds(row);
    }
  }

  /** Groups over everything since the start: the time is the greatest that went in. */
  record Grouped(Condition where, Summary summary) implements ReferenceQuery {
    @Override
    public String sql() {
      return "CREATE STREAM O AS SELECT k, "
          + summary.sql()
          + " FROM S WHERE "
          + where.sql()
          + " GROUP BY k;";
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<ResultRow> rows = new ArrayList<>();
      Map<@Nullable String, List<InputRow>> groups = new LinkedHashMap<>();
      for (InputRow row : history) {
        if (passes(where, row, summary::evaluate)) {
          List<InputRow> group = groups.computeIfAbsent(row.k(), k -> new ArrayList<>());
          group.add(row);
          long time = group.stream().mapToLong(InputRow::ts).max().orElseThrow();
          rows.add(new ResultRow(time, listOf(row.k(), summary.of(group))));
        }
      }
      return rows;
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return false;
    }

    @Override
    public boolean succeeds(InputRow row) {
      return ReferenceQuery.succeeds(where, row, summary::evaluate);
    }
  }

  /** As {@link Grouped}, with one emission at the end. */
  record AtEnd(Grouped groups) implements ReferenceQuery {
    @Override
    public String sql() {
      return groups.sql();
    }

    /** The last row of each group, in the order of their first events, by time, then by arrival. */
    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<InputRow> sorted = new ArrayList<>(history);
      sorted.sort(Comparator.comparingLong(InputRow::ts));
      Map<@Nullable Object, ResultRow> last = new LinkedHashMap<>();
      groups.results(sorted, slack).forEach(row -> last.put(row.values().get(0), row));
      return List.copyOf(last.values());
    }

    @Override
    public List<List<ResultRow>> emissions(List<InputRow> history, long slack) {
      return List.of(results(history, slack));
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return false;
    }

    @Override
    public boolean succeeds(InputRow row) {
      return groups.succeeds(row);
    }
  }

  /** Tumbling windows. */
  record Tumbling(Condition where, Summary summary, long size, long offset, long grace)
      implements LateRows.Window {
    @Override
    public String sql() {
      return "CREATE STREAM O AS SELECT k, "
          + summary.sql()
          + " FROM S WINDOW TUMBLING (SIZE "
          + size
          + " MS, GRACE PERIOD "
          + grace
          + " MS, OFFSET "
          + offset
          + " MS) WHERE "
          + where.sql()
          + " GROUP BY k;";
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<ResultRow> rows = new ArrayList<>();
      TreeMap<Long, List<InputRow>> open = new TreeMap<>();
      long watermark = Long.MIN_VALUE;
      for (InputRow row : history) {
        if (!isOverFor(row, watermark) && wants(row)) {
          open.computeIfAbsent(end(row), e -> new ArrayList<>()).add(row);
        }
        watermark = Math.max(watermark, row.ts() - Math.max(0, slack));
        while (!open.isEmpty() && open.firstKey() + grace <= watermark) {
          close(open.pollFirstEntry(), rows);
        }
      }
      while (!open.isEmpty()) {
        close(open.pollFirstEntry(), rows);
      }
      return rows;
    }

    private long end(InputRow row) {
      return Math.floorDiv(row.ts() - offset, size) * size + offset + size;
    }

    @Override
    public boolean isOverFor(InputRow row, long watermark) {
      return end(row) + grace <= watermark;
    }

    @Override
    public boolean wants(InputRow row) {
      return ReferenceQuery.passes(where, row, summary::evaluate);
    }

    private void close(Map.Entry<Long, List<InputRow>> window, List<ResultRow> rows) {
      ReferenceQuery.groups(window.getValue())
          .forEach(
              (k, group) ->
                  rows.add(new ResultRow(window.getKey() - 1, listOf(k, summary.of(group)))));
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
}
