package io.millrace.runtime.rescale;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.Map;

/** A row on its way from one state to another. */
final class OneRow {
  private final Column[] columns;

  OneRow(List<DataType> types) {
    columns = types.stream().map(type -> Column.of(type.layout(), 1)).toArray(Column[]::new);
  }

  Column[] columns() {
    return columns;
  }

  void put(int column, long value) {
    ((LongColumn) columns[column]).put(0, value);
  }

  /** Takes a row for a task, with what its references are there. */
  void take(Column[] source, int row, Map<Integer, KeyNumber> numbers, MovedKeys moved, int task) {
    for (int i = 0; i < columns.length; i++) {
      KeyNumber number = numbers.get(i);
      if (number == null) {
        columns[i].copy(source[i], row, 0);
      } else {
        put(i, moved.renumber(number, ((LongColumn) source[i]).values()[row], task));
      }
    }
  }
}
