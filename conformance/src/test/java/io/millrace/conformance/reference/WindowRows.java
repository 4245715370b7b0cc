package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A window of each k without aggregates: the rows of all emissions of another query, which has them
 * as lists.
 *
 * @param areEntering whether each emission has one row, by which its list differs from that before
 */
record WindowRows(ReferenceQuery lists, Term term, boolean areEntering) implements ReferenceQuery {
  private static final String PARTITION = " PARTITION BY k";

  static WindowRows random(String window, Condition where, Term term, Random random) {
    return new WindowRows(lists(window, where, term, random), term, window.equals("changes"));
  }

  /** A query with the lists. */
  static ReferenceQuery lists(String window, Condition where, Term term, Random random) {
    Summary list = listOf(term);
    long gap = 250L * (1 + random.nextInt(8));
    long grace = 1_500L * random.nextInt(3);
    return switch (window) {
      case "tumbling" ->
          new ReferenceQuery.Tumbling(
              where, list, 1_000L * (1 + random.nextInt(8)), 250L * random.nextInt(4), grace);
      case "hopping" -> ClosingWindows.hopping(where, list, random);
      case "cumulate" -> ClosingWindows.cumulate(where, list, random);
      case "session" -> new SessionWindows(where, list, gap, grace);
      case "corrections" -> RevisedWindows.random("tumbling", where, list, random).correcting();
      case "changes" -> entering(where, list, random);
      case "batch" -> new Batches.ByLength(where, list, 1 + random.nextInt(6), true);
      case "looks" -> new SlidingRows(where, list, new SlidingRows.Length(6, 3), 3, true, true, "");
      default -> SlidingSnapshots.random(where, term, list, true, random);
    };
  }

  /** Windows whose bounds do not move, with EMIT CHANGES. */
  private static ReferenceQuery entering(Condition where, Summary list, Random random) {
    List<String> kinds = List.of("tumbling", "hopping", "cumulate", "batch", "cron");
    String kind = kinds.get(random.nextInt(kinds.size()));
    return RevisedWindows.random(kind, where, list, random).entering();
  }

  /** The only aggregate of the other query. */
  static Summary listOf(Term term) {
    return new Summary(term, term, null, List.of(ReferenceAggregate.COLLECT_LIST));
  }

  @Override
  public String sql() {
    String text = lists.sql().replace(listOf(term).sql(), term.sql() + " AS a0");
    return text.replace(" GROUP BY k", text.contains(PARTITION) ? "" : PARTITION);
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    Map<List<@Nullable Object>, List<?>> before = new HashMap<>();
    for (ResultRow row : lists.results(history, slack)) {
      List<?> list = (List<?>) Objects.requireNonNull(row.values().get(1));
      List<?> sent = list;
      if (areEntering) {
        List<@Nullable Object> window =
            Arrays.asList(row.values().get(0), row.values().get(2), row.time());
        sent = difference(list, Objects.requireNonNullElse(before.put(window, list), List.of()));
      }
      for (Object value : sent) {
        List<@Nullable Object> values = new ArrayList<>(row.values());
        values.set(1, value);
        rows.add(new ResultRow(row.time(), values));
      }
    }
    return rows;
  }

  /** What one list has more than another, which has all the rest in the same order. */
  private static List<?> difference(List<?> more, List<?> less) {
    int i = 0;
    while (i < less.size() && Objects.equals(more.get(i), less.get(i))) {
      i++;
    }
    return more.subList(i, i + 1);
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return lists.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return lists.succeeds(row);
  }
}
