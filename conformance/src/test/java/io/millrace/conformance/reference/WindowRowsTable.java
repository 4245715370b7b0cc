package io.millrace.conformance.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A table without aggregates over windows that close: in each window the last row of each k, which
 * is what {@code last} says of its group.
 */
record WindowRowsTable(Term term, ClosingWindows windows) implements ReferenceQuery {
  static WindowRowsTable random(Condition where, Term term, Random random) {
    Summary last = new Summary(term, term, null, List.of(ReferenceAggregate.LAST));
    return new WindowRowsTable(
        term,
        switch (random.nextInt(3)) {
          case 0 -> ClosingWindows.tumbling(where, last, random);
          case 1 -> ClosingWindows.hopping(where, last, random);
          default -> ClosingWindows.cumulate(where, last, random);
        });
  }

  @Override
  public String sql() {
    return "CREATE STREAM K AS SELECT k, a, b FROM S PARTITION BY k; CREATE TABLE O AS SELECT k, "
        + term.sql()
        + " AS x, WINDOW_START AS ws FROM K WINDOW "
        + windows.clause()
        + " WHERE "
        + windows.where().sql()
        + ";";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = windows.results(history, slack);
    return hasSeveralEnds() ? rows.stream().map(WindowRowsTable::withEnd).toList() : rows;
  }

  /** Whether the end of a window is part of the key, too, so that the table has it. */
  private boolean hasSeveralEnds() {
    return windows.clause().startsWith("CUMULATE");
  }

  private static ResultRow withEnd(ResultRow row) {
    List<@Nullable Object> values = new ArrayList<>(row.values());
    values.add(Instant.ofEpochMilli(row.time() + 1));
    return new ResultRow(row.time(), values);
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
