package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that come too late for a window, and how late, in place of what the window gives. */
record LateRows(Window query) implements ReferenceQuery {

  /** A query with a window, and when that is over for a row. */
  interface Window extends ReferenceQuery {
    /**
     * Whether the query would look at the row if it came early enough: rows that fail before that
     * are not late.
     */
    boolean wants(InputRow row);

    /**
     * Whether nothing takes the row any more.
     *
     * @param watermark before it
     */
    boolean isOverFor(InputRow row, long watermark);
  }

  @Override
  public String sql() {
    return "CREATE STREAM O (ts TIMESTAMP, k STRING, a BIGINT, b BIGINT, LATE_BY BIGINT);\n"
        + query
            .sql()
            .replace("CREATE STREAM O AS", "CREATE STREAM W AS")
            .replace(" WHERE", " LATE INTO O WHERE");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    for (InputRow row : history) {
      if (query.wants(row) && query.isOverFor(row, watermark)) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(row.time());
        values.add(row.k());
        values.add(row.a());
        values.add(row.b());
        values.add(watermark - row.ts());
        rows.add(new ResultRow(row.ts(), values));
      }
      watermark = Math.max(watermark, row.ts() - Math.max(0, slack));
    }
    return rows;
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return true;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return query.succeeds(row);
  }
}
