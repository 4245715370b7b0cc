package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/** A map of keys and values; a NULL key fails, the last of equal keys wins. */
public record MapConstructor(List<RowExpression> keys, List<RowExpression> values, DataType type)
    implements RowExpression {

  public MapConstructor {
    keys = List.copyOf(keys);
    values = List.copyOf(values);
  }

  private static List<RowExpression> operandsOf(
      List<RowExpression> keys, List<RowExpression> values) {
    List<RowExpression> operands = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      operands.add(keys.get(i));
      operands.add(values.get(i));
    }
    return operands;
  }

  @Override
  public boolean failsByItself() {
    return true;
  }

  @Override
  public List<RowExpression> operands() {
    return operandsOf(keys, values);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitMapConstructor(this);
  }
}
