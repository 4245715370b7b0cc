package io.millrace.spi.state;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Declares a {@link SlotTable}.
 *
 * <p>How its keys find their task is said by one of three: by columns of the operator's input that
 * they are; by a counter, in which case a key goes where the first key goes that its fields refer
 * to; by nothing, for an operator that is never spread over tasks.
 *
 * @param name unique in its operator
 * @param version rises when the meaning of a field changes
 * @param keys types of the key's columns; empty for a table with one slot
 * @param fields the fields that every slot has
 * @param inputs for each column of the key the column of the operator's input that it is, or {@link
 *     #MADE}; empty if nothing is said
 * @param counter the name of the {@link LongValue} whose numbers the keys are, each of which was
 *     the value once; empty if they are none
 * @param isLater whether what was saved may lack the table, because it came later: it is empty then
 */
public record SlotTableSpec(
    String name,
    int version,
    List<DataType> keys,
    List<StateType> fields,
    List<Integer> inputs,
    String counter,
    boolean isLater) {
  /** In place of an input's column: the operator has made the value. */
  public static final int MADE = -1;

  public SlotTableSpec {
    keys = List.copyOf(keys);
    fields = List.copyOf(fields);
    inputs = List.copyOf(inputs);
    if (!inputs.isEmpty() && inputs.size() != keys.size()) {
      throw new IllegalArgumentException("table '" + name + "' has other columns in its key");
    }
  }

  public SlotTableSpec(String name, int version, List<DataType> keys, List<StateType> fields) {
    this(name, version, keys, fields, List.of(), "", false);
  }

  /** The same, with keys that are columns of the input. */
  public SlotTableSpec keyedBy(List<Integer> columns) {
    return new SlotTableSpec(name, version, keys, fields, columns, "", isLater);
  }

  /** The same, with keys that a counter has given. */
  public SlotTableSpec numberedBy(String value) {
    return new SlotTableSpec(name, version, keys, fields, List.of(), value, isLater);
  }

  /** One that what was saved may lack. */
  public SlotTableSpec later() {
    return new SlotTableSpec(name, version, keys, fields, inputs, counter, true);
  }
}
