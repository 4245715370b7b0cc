package io.millrace.runtime.rescale;

import java.util.List;

/**
 * By what the rows of an operator are spread over its tasks.
 *
 * @param columns for each key of the exchange the columns of the operator's input that hold it;
 *     none if there is one task
 * @param tasks how many there are
 */
public record TaskKeys(List<List<Integer>> columns, int tasks) {
  /** All rows in one task. */
  public static final TaskKeys ONE_TASK = new TaskKeys(List.of(), 1);

  public TaskKeys {
    columns = List.copyOf(columns);
  }
}
