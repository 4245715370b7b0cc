package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * EMIT CHANGES DISTINCT: the rows of another query, without those that are equal to the one before
 * them of their group, which is nowhere over.
 *
 * @param byK whether the query has a group for each k
 */
record ChangedRows(ReferenceQuery query, boolean byK) implements ReferenceQuery {

  static ReferenceQuery random(Condition where, Term term, Summary summary, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> of(new ReferenceQuery.Grouped(where, summary.withoutWindow()));
      case 1 -> of(new ReferenceQuery.Plain(where, term, random.nextBoolean()));
      case 2 ->
          new InBatches(
              new Batches.ByLength(where, summary, 1 + random.nextInt(6), random.nextBoolean()));
      case 3 -> {
        List<String> kinds = List.of("tumbling", "hopping", "session", "batch", "cron");
        String kindOfWindow = kinds.get(random.nextInt(kinds.size()));
        yield new OfPairs(RevisedWindows.random(kindOfWindow, where, summary, random).changing());
      }
      default -> of(SlidingRows.changes(where, term, summary, SlidingRows.CHANGES, random));
    };
  }

  static ChangedRows of(ReferenceQuery.Grouped query) {
    return new ChangedRows(query, true);
  }

  static ChangedRows of(ReferenceQuery.Plain query) {
    return new ChangedRows(query, false);
  }

  static ChangedRows of(SlidingRows query) {
    return new ChangedRows(query, query.grouped() || query.partitioned());
  }

  @Override
  public String sql() {
    String text = ReferenceQuery.unfinished(query.sql());
    return text.replace(SlidingRows.CHANGES, "") + " EMIT CHANGES DISTINCT;";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    Map<@Nullable Object, List<@Nullable Object>> last = new HashMap<>();
    List<ResultRow> rows = new ArrayList<>();
    for (ResultRow row : query.results(history, slack)) {
      List<@Nullable Object> before = last.put(byK ? row.values().get(0) : "", row.values());
      if (!row.values().equals(before)) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Of batches of so many rows, each of which begins anew. */
  record InBatches(Batches.ByLength batches) implements ReferenceQuery {
    @Override
    public String sql() {
      return ReferenceQuery.unfinished(batches.sql()) + " EMIT CHANGES DISTINCT;";
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      return batches.changes(history, slack);
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return batches.mayDropLateRows(slack);
    }

    @Override
    public boolean succeeds(InputRow row) {
      return batches.succeeds(row);
    }
  }

  /** Of windows that close WITH RETRACTIONS: without pairs of rows that are equal. */
  record OfPairs(RevisedWindows windows) implements ReferenceQuery {
    private static final String LEFT_OUT = ", PANE AS p, REVISION AS r";

    @Override
    public String sql() {
      return windows.sql().replace(LEFT_OUT, "").replace(" WITH R", " DISTINCT WITH R");
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<ResultRow> rows = new ArrayList<>();
      for (ResultRow all : windows.results(history, slack)) {
        ResultRow row = shown(all);
        int last = rows.size() - 1;
        if (kind(row).equals("+U") && sameValues(rows.get(last), row)) {
          rows.remove(last);
        } else {
          rows.add(row);
        }
      }
      return rows;
    }

    private static ResultRow shown(ResultRow row) {
      List<@Nullable Object> values = new ArrayList<>(row.values());
      int kind = values.size() - 1;
      values.remove(kind - 1);
      values.remove(kind - 2);
      return new ResultRow(row.time(), values);
    }

    private static String kind(ResultRow row) {
      return String.valueOf(row.values().get(row.values().size() - 1));
    }

    private static boolean sameValues(ResultRow one, ResultRow other) {
      int kind = one.values().size() - 1;
      return one.values().subList(0, kind).equals(other.values().subList(0, kind));
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return windows.mayDropLateRows(slack);
    }

    @Override
    public boolean succeeds(InputRow row) {
      return windows.succeeds(row);
    }
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
