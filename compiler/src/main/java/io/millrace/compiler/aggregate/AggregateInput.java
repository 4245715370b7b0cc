package io.millrace.compiler.aggregate;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values that an aggregate takes: those of columns, none of which is NULL unless NULL is taken
 * too, in rows for which a condition is true.
 *
 * @param arguments the columns; none for all rows, as {@code count(*)} takes them
 * @param filter the index of the BOOLEAN column of the condition, or -1
 * @param isDistinct whether of equal values one is taken; there is one argument then
 */
record AggregateInput(List<Argument> arguments, int filter, boolean isDistinct) {

  /**
   * A column.
   *
   * @param column its index among the arguments
   * @param name its name, for messages
   * @param takesNull whether NULL is a value
   */
  record Argument(int column, DataType type, String name, boolean takesNull) {
    Layout layout() {
      return type.layout();
    }
  }

  AggregateInput {
    arguments = List.copyOf(arguments);
  }

  /** The rows in which no argument of a call is NULL. */
  static AggregateInput of(AggregateCall call) {
    return of(call, false);
  }

  /** All rows, whether arguments are NULL or not, unless the call ignores these. */
  static AggregateInput withNulls(AggregateCall call) {
    return of(call, !call.ignoresNulls());
  }

  /** The same values, also where of equal ones one was to be taken. */
  AggregateInput withRepeats() {
    return new AggregateInput(arguments, filter, false);
  }

  /** The same values, of equal ones one. */
  AggregateInput withoutRepeats() {
    return new AggregateInput(arguments, filter, true);
  }

  private static AggregateInput of(AggregateCall call, boolean takesNull) {
    return of(call, Collections.nCopies(call.arguments().size(), takesNull));
  }

  /**
   * The rows in which no argument of a call is NULL that must not be.
   *
   * @param takesNull for each argument whether it may be NULL
   */
  static AggregateInput of(AggregateCall call, List<Boolean> takesNull) {
    int filter = call.filter() == null ? -1 : column(call.filter()).index();
    List<Argument> arguments = new ArrayList<>();
    for (RowExpression expression : call.arguments()) {
      ColumnReference column = column(expression);
      arguments.add(
          new Argument(
              column.index(), column.type(), column.name(), takesNull.get(arguments.size())));
    }
    return new AggregateInput(arguments, filter, call.distinct());
  }

  private static ColumnReference column(@Nullable RowExpression expression) {
    if (expression instanceof ColumnReference column) {
      return column;
    }
    throw new IllegalArgumentException("an aggregate's argument is no column: " + expression);
  }

  boolean takesAllRows() {
    return takesNull() && filter < 0;
  }

  /** Whether all arguments may be NULL. */
  boolean takesNull() {
    return arguments.stream().allMatch(Argument::takesNull);
  }

  /** How the fields of this input are called in a snapshot. */
  String label() {
    String columns =
        arguments.isEmpty()
            ? "*"
            : arguments.stream()
                .map(argument -> argument.column() + (argument.takesNull() ? " or null" : ""))
                .collect(Collectors.joining(","));
    return (isDistinct ? "distinct " : "") + columns + (filter < 0 ? "" : " if " + filter);
  }

  /** The type of the first argument; BOOLEAN if there is none. */
  DataType type() {
    return arguments.isEmpty() ? DataType.BOOLEAN : arguments.get(0).type();
  }

  /** The name of the first argument. */
  String name() {
    return arguments.isEmpty() ? "*" : arguments.get(0).name();
  }

  Layout layout() {
    return type().layout();
  }
}
