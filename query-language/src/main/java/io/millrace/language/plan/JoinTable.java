package io.millrace.language.plan;

import java.util.List;

/**
 * An event meets what a table has when it comes.
 *
 * @param key the key of the table, in the columns of its side, of which the rows are changes
 */
public record JoinTable(List<Integer> key) implements JoinMethod {
  public JoinTable {
    key = List.copyOf(key);
  }
}
