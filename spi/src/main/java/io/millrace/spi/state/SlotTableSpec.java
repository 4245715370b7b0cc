package io.millrace.spi.state;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Declares a {@link SlotTable}.
 *
 * @param name unique in its operator
 * @param version rises when the meaning of a field changes
 * @param keys types of the key's columns; empty for a table with one slot
 * @param fields the fields that every slot has
 */
public record SlotTableSpec(String name, int version, List<DataType> keys, List<StateType> fields) {
  public SlotTableSpec {
    keys = List.copyOf(keys);
    fields = List.copyOf(fields);
  }
}
