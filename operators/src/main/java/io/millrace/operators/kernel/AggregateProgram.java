package io.millrace.operators.kernel;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Compiled aggregates before they are a class.
 *
 * @param kernel the code
 * @param fields the fields that it needs in its slot table; the first is the number of rows
 * @param results the types of its results
 * @param updates what can happen to its groups
 * @param isOrdered whether behind the arguments stand two more columns, both BIGINT: the rows'
 *     times, and their causes, by which rows of one time go; false where {@link Updates} says what
 *     stands there
 * @param isLasting whether a group must be kept when it has no rows any more: something of them
 *     stays, also when it is reset
 */
public record AggregateProgram(
    KernelSource<? extends AggregateKernel> kernel,
    List<StateType> fields,
    List<DataType> results,
    Updates updates,
    boolean isOrdered,
    boolean isLasting) {
  public AggregateProgram {
    fields = List.copyOf(fields);
    results = List.copyOf(results);
  }
}
