package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.plan.NamedExpression;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the inputs of a union with what the routes of their late rows need behind them:
 * each input has its own there, and NULL for what the others need.
 */
final class UnitedLateRows {
  private final String name;
  private final List<List<NamedExpression>> inputs = new ArrayList<>();
  private final List<LateRows> late = new ArrayList<>();
  private final List<LateRoute> routes = new ArrayList<>();

  /**
   * @param name of the column that says of which input a row is
   */
  UnitedLateRows(String name) {
    this.name = name;
  }

  /**
   * Adds an input.
   *
   * @param columns those that all have in common
   * @param place of the number of the input among these; negative for none
   */
  void add(List<NamedExpression> columns, int place, LateRows ofInput) {
    int number = inputs.size();
    late.add(ofInput);
    List<NamedExpression> all = new ArrayList<>(columns);
    if (number > 0) {
      List<NamedExpression> before = inputs.get(0);
      before.subList(all.size(), before.size()).forEach(other -> all.add(nullOf(other)));
    }
    int width = all.size();
    for (LateRoute route : ofInput.routes()) {
      LateRoute moved = route.through(all);
      routes.add(
          place < 0
              ? moved
              : moved.ofShare(
                  new LateRoute.Share(
                      name,
                      new ColumnReference(place, DataType.BIGINT, name),
                      new Constant((long) number, DataType.BIGINT))));
    }
    for (List<NamedExpression> other : inputs) {
      all.subList(width, all.size()).forEach(mine -> other.add(nullOf(mine)));
    }
    inputs.add(all);
  }

  private static NamedExpression nullOf(NamedExpression column) {
    return new NamedExpression(column.name(), Constant.nullOf(column.expression().type()));
  }

  /** The columns of each input. */
  List<List<NamedExpression>> columns() {
    return inputs;
  }

  LateRows rows() {
    return LateRows.united(late, routes);
  }
}
