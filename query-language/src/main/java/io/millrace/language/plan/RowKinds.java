package io.millrace.language.plan;

import java.util.List;

/**
 * That rows of a stream take others back.
 *
 * @param columns those that say the kind of each row
 */
public record RowKinds(List<Integer> columns) {
  /** The name of the column that says the kind of a row. */
  public static final String ROW_KIND = "ROW_KIND";

  public RowKinds {
    columns = List.copyOf(columns);
  }
}
