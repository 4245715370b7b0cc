package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * EXPLODE of a list of each group: a row of each element, in the order of the list, whenever the
 * group is sent.
 *
 * @param lists has the lists
 */
record ExplodedLists(ReferenceQuery lists, Term term) implements ReferenceQuery {
  static ExplodedLists random(String window, Condition where, Term term, Random random) {
    ReferenceQuery lists =
        window.equals("everything")
            ? new ReferenceQuery.Grouped(where, WindowRows.listOf(term))
            : WindowRows.lists(window, where, term, random);
    return new ExplodedLists(lists, term);
  }

  @Override
  public String sql() {
    String list = WindowRows.listOf(term).sql();
    return lists
        .sql()
        .replace(
            list,
            list.replace("collect_list(", "EXPLODE(collect_list(").replace(") AS a0", ")) AS a0"));
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    emissions(history, slack).forEach(rows::addAll);
    return rows;
  }

  @Override
  public List<List<ResultRow>> emissions(List<InputRow> history, long slack) {
    List<List<ResultRow>> emissions = new ArrayList<>();
    for (List<ResultRow> emission : lists.emissions(history, slack)) {
      List<ResultRow> rows = new ArrayList<>();
      for (ResultRow row : emission) {
        for (Object element : (List<?>) Objects.requireNonNull(row.values().get(1))) {
          List<@Nullable Object> values = new ArrayList<>(row.values());
          values.set(1, element);
          rows.add(new ResultRow(row.time(), values));
        }
      }
      emissions.add(rows);
    }
    return emissions;
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return lists.mayDropLateRows(slack);
  }

  @Override
  public long failures(List<InputRow> history) {
    return lists.failures(history);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return lists.succeeds(row);
  }
}
