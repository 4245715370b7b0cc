package io.millrace.testkit.operator;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that an operator sent, gave away as late or as failed.
 *
 * @param cause its position over the whole input: row {@code n} of all input rows, from 0, has
 *     {@code 2n + 1}, the advance of time before it {@code 2n}, as long as time was not advanced
 *     without rows, which takes two positions more
 * @param kind of change
 * @param rowtime in milliseconds since the epoch
 * @param values boxed internal values, null for NULL
 * @param error what failed; empty if nothing did
 */
public record OutputRow(
    long cause, RowKind kind, long rowtime, List<@Nullable Object> values, String error) {
  public OutputRow {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  static OutputRow of(Batch batch, int row, long base, String error) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int c = 0; c < batch.schema().size(); c++) {
      Object value = batch.column(c).get(row);
      if ((value == null) != batch.column(c).isNull(row)) {
        throw new AssertionError(
            "column '"
                + batch.schema().name(c)
                + "' of an output row holds "
                + value
                + ", and its null bit says otherwise");
      }
      values.add(value);
    }
    return new OutputRow(
        base + batch.position(row), batch.kind(row), batch.rowtimes()[row], values, error);
  }

  /** Such as {@code +I @1999 (a, 3)}. */
  String describe() {
    return describe(kind, rowtime, values, error);
  }

  static String describe(RowKind kind, long rowtime, List<@Nullable Object> values, String error) {
    StringBuilder text = new StringBuilder(kind.symbol()).append(" @").append(rowtime).append(" (");
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      text.append(i == 0 ? "" : ", ").append(value == null ? "NULL" : value);
    }
    return text.append(')').append(error.isEmpty() ? "" : " failed: " + error).toString();
  }

  @Override
  public String toString() {
    return describe() + " at " + cause;
  }
}
