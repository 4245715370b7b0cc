package io.millrace.testkit.operator;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.RowKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that should come out.
 *
 * @param firstCause the first cause that it may have
 * @param lastCause the last one
 * @param error what its error contains; empty for a row that does not fail
 */
record ExpectedRow(
    long firstCause,
    long lastCause,
    RowKind kind,
    long rowtime,
    List<@Nullable Object> values,
    String error) {

  boolean isMetBy(OutputRow row) {
    return row.cause() >= firstCause
        && row.cause() <= lastCause
        && row.kind() == kind
        && row.rowtime() == rowtime
        && row.values().equals(values)
        && row.error().contains(error)
        && row.error().isEmpty() == error.isEmpty();
  }

  /** Values as a test writes them, in their internal form: an {@code Integer} is a long. */
  static List<@Nullable Object> internal(@Nullable Object... values) {
    List<@Nullable Object> internal = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Integer number) {
        internal.add(number.longValue());
      } else if (value instanceof byte[] bytes) {
        internal.add(Bytes.copyOf(bytes));
      } else {
        internal.add(value);
      }
    }
    return internal;
  }

  @Override
  public String toString() {
    return OutputRow.describe(kind, rowtime, values, error)
        + " at "
        + firstCause
        + (lastCause == firstCause ? "" : " or " + lastCause);
  }
}
