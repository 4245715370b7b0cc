package io.millrace.spi.state;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Declares a {@link RowLog}.
 *
 * @param name unique in its operator
 * @param version rises when the meaning of a column changes
 * @param columns the columns of a row, beside its time
 */
public record RowLogSpec(String name, int version, List<DataType> columns) {
  public RowLogSpec {
    columns = List.copyOf(columns);
  }
}
