package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A query by k and over all k at once: what the same query says of rows of which each comes twice,
 * with a k that is told apart by the set.
 */
record GroupingSetRows(ReferenceQuery query) implements LateRows.Window {
  private static final String BY_KEY = "k";
  private static final String OF_ALL = "-";

  /** Windows that close, or what they send of their revisions, with HAVING or without. */
  static GroupingSetRows random(
      String window, Condition where, Summary summary, Random random, boolean hasHaving) {
    RevisedWindows revised = RevisedWindows.random(window, where, summary, random);
    while (revised.early() > 0) { // an estimate would come between the copies of a row
      revised = RevisedWindows.random(window, where, summary, random);
    }
    return new GroupingSetRows(hasHaving ? new RevisedHaving(revised) : revised);
  }

  @Override
  public String sql() {
    return ofSets(query.sql());
  }

  /** A query by k as one by k and over all. */
  static String ofSets(String sql) {
    return sql.replaceFirst("SELECT k,", "SELECT k, GROUPING(k) AS g,")
        .replace("GROUP BY k", "GROUP BY ROLLUP (k)");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<InputRow> copies = new ArrayList<>();
    for (InputRow row : history) {
      String k = row.k() == null ? BY_KEY : BY_KEY + row.k();
      copies.add(new InputRow(k, row.a(), row.b(), row.ts()));
      copies.add(new InputRow(OF_ALL, row.a(), row.b(), row.ts()));
    }
    List<ResultRow> rows = new ArrayList<>();
    for (ResultRow row : query.results(copies, slack)) {
      String k = String.valueOf(row.values().get(0));
      boolean isOfAll = k.equals(OF_ALL);
      rows.add(ofSet(row, isOfAll || k.equals(BY_KEY) ? null : k.substring(1), isOfAll));
    }
    return rows;
  }

  /** The row with its set behind the key. */
  static ResultRow ofSet(ResultRow row, @Nullable Object k, boolean isOfAll) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(k);
    values.add(isOfAll ? 1L : 0L);
    values.addAll(row.values().subList(1, row.values().size()));
    return new ResultRow(row.time(), values);
  }

  @Override
  public boolean wants(InputRow row) {
    return ((LateRows.Window) query).wants(row);
  }

  @Override
  public boolean isOverFor(InputRow row, long watermark) {
    return ((LateRows.Window) query).isOverFor(row, watermark);
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return query.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return query.succeeds(row);
  }

  /**
   * The same in windows that count or compare rows: each set has one of its own, and what a row
   * makes of the first comes before what it makes of the other.
   *
   * @param byK groups by k
   */
  record InWindows(SlidingRows byK) implements LateRows.Window {

    static InWindows of(SlidingRows rows) {
      return new InWindows(as(rows, true));
    }

    private static SlidingRows as(SlidingRows rows, boolean grouped) {
      return new SlidingRows(
          rows.where(), rows.summary(), rows.contents(), rows.slide(), false, grouped, rows.emit());
    }

    @Override
    public String sql() {
      return ofSets(byK.sql());
    }

    @Override
    public List<ResultRow> results(List<InputRow> history, long slack) {
      List<InputRow> ordered = slack < 0 ? history : ReferenceQuery.sorted(history, slack);
      SlidingRows ofAll = as(byK, false);
      List<ResultRow> rows = new ArrayList<>();
      int sent = 0;
      int sentOfAll = 0;
      for (int i = 1; i <= ordered.size(); i++) {
        List<ResultRow> of = byK.results(ordered.subList(0, i), -1);
        of.subList(sent, of.size())
            .forEach(row -> rows.add(ofSet(row, row.values().get(0), false)));
        sent = of.size();
        List<ResultRow> all = ofAll.results(ordered.subList(0, i), -1);
        all.subList(sentOfAll, all.size()).forEach(row -> rows.add(ofSet(row, null, true)));
        sentOfAll = all.size();
      }
      return rows;
    }

    @Override
    public boolean wants(InputRow row) {
      return byK.wants(row);
    }

    @Override
    public boolean isOverFor(InputRow row, long watermark) {
      return byK.isOverFor(row, watermark);
    }

    @Override
    public boolean mayDropLateRows(long slack) {
      return byK.mayDropLateRows(slack);
    }

    @Override
    public boolean succeeds(InputRow row) {
      return byK.succeeds(row);
    }
  }
}
