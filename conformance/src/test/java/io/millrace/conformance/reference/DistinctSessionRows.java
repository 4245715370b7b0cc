package io.millrace.conformance.reference;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * SELECT DISTINCT of the rows of the sessions of each k: once in each session, which its end and k
 * tell from others.
 */
record DistinctSessionRows(ReferenceQuery rows) implements ReferenceQuery {
  @Override
  public String sql() {
    return rows.sql().replaceFirst("SELECT k, ", "SELECT DISTINCT k, ");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    Set<ResultRow> sent = new HashSet<>();
    return rows.results(history, slack).stream().filter(sent::add).toList();
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return rows.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return rows.succeeds(row);
  }
}
