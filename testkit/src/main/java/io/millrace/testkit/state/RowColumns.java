package io.millrace.testkit.state;

import io.millrace.spi.data.Column;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of boxed values as columns, and back. */
final class RowColumns {
  private RowColumns() {}

  /** Columns with the rows from index {@code offset} on. */
  static Column[] of(List<DataType> types, List<List<@Nullable Object>> rows, int offset) {
    Column[] columns = new Column[types.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(types.get(c).layout(), offset + rows.size());
      for (int row = 0; row < rows.size(); row++) {
        columns[c].set(offset + row, rows.get(row).get(c));
      }
    }
    return columns;
  }

  /** The values of a row, null for NULL, checked for null bits that contradict them. */
  static List<@Nullable Object> row(Column[] columns, int row) {
    @Nullable Object[] values = new @Nullable Object[columns.length];
    for (int c = 0; c < columns.length; c++) {
      values[c] = columns[c].get(row);
      if ((values[c] == null) != columns[c].isNull(row)) {
        throw new AssertionError(
            "column " + c + " of row " + row + " is " + values[c] + " with the wrong null bit");
      }
    }
    return Arrays.asList(values);
  }
}
