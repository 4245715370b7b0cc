package io.millrace.spi.state;

import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.Map;

/**
 * Declares a {@link RowLog}.
 *
 * @param name unique in its operator
 * @param version rises when the meaning of a column changes
 * @param columns the columns of a row, beside its time
 * @param table the name of the table whose numbers the log's slots are; empty if nothing is said
 * @param numbers the columns that hold numbers of keys, BIGINTs, by index
 */
public record RowLogSpec(
    String name,
    int version,
    List<DataType> columns,
    String table,
    Map<Integer, KeyNumber> numbers) {
  public RowLogSpec {
    columns = List.copyOf(columns);
    numbers = Map.copyOf(numbers);
  }

  public RowLogSpec(String name, int version, List<DataType> columns) {
    this(name, version, columns, "", Map.of());
  }
}
