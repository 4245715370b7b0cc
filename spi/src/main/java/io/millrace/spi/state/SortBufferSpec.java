package io.millrace.spi.state;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Declares a {@link SortBuffer}.
 *
 * @param name unique in its operator
 * @param version rises when the meaning of a column changes
 * @param columns the columns of a row
 */
public record SortBufferSpec(String name, int version, List<DataType> columns) {
  public SortBufferSpec {
    columns = List.copyOf(columns);
  }
}
