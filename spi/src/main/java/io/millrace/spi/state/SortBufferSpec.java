package io.millrace.spi.state;

import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.Map;

/**
 * Declares a {@link SortBuffer}.
 *
 * @param name unique in its operator
 * @param version rises when the meaning of a column changes
 * @param columns the columns of a row
 * @param numbers the columns that hold numbers of keys, BIGINTs, by index; a row whose key is gone
 *     has no meaning any more
 * @param isLater whether what was saved may lack it, because it came later: it is empty then
 * @param isOfInput whether its first columns are those of the operator's input: then a row goes to
 *     the task that gets rows with its keys
 */
public record SortBufferSpec(
    String name,
    int version,
    List<DataType> columns,
    Map<Integer, KeyNumber> numbers,
    boolean isLater,
    boolean isOfInput) {
  public SortBufferSpec {
    columns = List.copyOf(columns);
    numbers = Map.copyOf(numbers);
  }

  public SortBufferSpec(
      String name, int version, List<DataType> columns, Map<Integer, KeyNumber> numbers) {
    this(name, version, columns, numbers, false, false);
  }

  public SortBufferSpec(String name, int version, List<DataType> columns) {
    this(name, version, columns, Map.of());
  }

  /** One that what was saved may lack. */
  public SortBufferSpec later() {
    return new SortBufferSpec(name, version, columns, numbers, true, isOfInput);
  }

  /** One of rows of the operator's input, with more columns behind theirs. */
  public SortBufferSpec ofInput() {
    return new SortBufferSpec(name, version, columns, numbers, isLater, true);
  }
}
