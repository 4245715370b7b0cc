package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of an {@link AggregateNode}.
 *
 * @param name the column of the result
 * @param function which aggregate
 * @param arguments the arguments; none for {@code count(*)}
 * @param distinct whether equal values count once
 * @param filter rows for which it is not true do not count; null if there is none
 * @param type the type of the result
 */
public record AggregateCall(
    String name,
    AggregateFunction function,
    List<RowExpression> arguments,
    boolean distinct,
    @Nullable RowExpression filter,
    DataType type) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
  }
}
