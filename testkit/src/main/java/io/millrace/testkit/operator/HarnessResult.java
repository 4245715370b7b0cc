package io.millrace.testkit.operator;

import java.util.List;

/**
 * What came out of an operator.
 *
 * @param rows the rows sent, in order
 * @param late the rows given away as late, in order
 * @param failed the rows given away as failed, in order
 * @param entries what was left in its state
 */
public record HarnessResult(
    List<OutputRow> rows, List<OutputRow> late, List<OutputRow> failed, long entries) {
  public HarnessResult {
    rows = List.copyOf(rows);
    late = List.copyOf(late);
    failed = List.copyOf(failed);
  }
}
