package io.millrace.conformance.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query over the table {@code T}, and what changes in its result. */
interface TableResult {
  /** Where its result goes. */
  String output();

  String sql();

  /** A change of the result: {@code +I}, {@code +U} or {@code -D} and the row's values. */
  record Change(String kind, List<@Nullable Object> values) {}

  List<Change> changes(List<TableChange> history);
}
