package io.millrace.language.plan;

import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of an {@link AggregateNode}.
 *
 * @param name the column of the result
 * @param function which aggregate
 * @param arguments the arguments that rows have; none for {@code count(*)}
 * @param settings the arguments behind them, which are the same for all rows; none is NULL
 * @param distinct whether equal values count once
 * @param ignoresNulls whether an aggregate that takes NULL passes over it here
 * @param filter rows for which it is not true do not count; null if there is none
 * @param type the type of the result
 */
public record AggregateCall(
    String name,
    Aggregate function,
    List<RowExpression> arguments,
    List<Constant> settings,
    boolean distinct,
    boolean ignoresNulls,
    @Nullable RowExpression filter,
    DataType type) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
    settings = List.copyOf(settings);
  }

  /** Without settings. */
  public AggregateCall(
      String name,
      Aggregate function,
      List<RowExpression> arguments,
      boolean distinct,
      boolean ignoresNulls,
      @Nullable RowExpression filter,
      DataType type) {
    this(name, function, arguments, List.of(), distinct, ignoresNulls, filter, type);
  }

  /** How many rows or values are asked for, where that is the first setting. */
  public long count() {
    if (settings.get(0).value() instanceof Long count) {
      return count;
    }
    throw new IllegalStateException("no count: " + settings);
  }

  /** The same aggregate under another name. */
  public AggregateCall named(String other) {
    return new AggregateCall(
        other, function, arguments, settings, distinct, ignoresNulls, filter, type);
  }

  /** The same aggregate of other expressions: its arguments and its filter, changed. */
  public AggregateCall mapped(UnaryOperator<RowExpression> change) {
    return new AggregateCall(
        name,
        function,
        arguments.stream().map(change).toList(),
        settings,
        distinct,
        ignoresNulls,
        filter == null ? null : change.apply(filter),
        type);
  }
}
