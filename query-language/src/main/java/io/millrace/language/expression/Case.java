package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of the first condition that is true, else {@code otherwise}; only that branch is
 * evaluated. All results have the type of the whole. IF and NULLIF become this, too.
 */
public record Case(List<When> whens, RowExpression otherwise) implements RowExpression {

  public Case {
    whens = List.copyOf(whens);
  }

  /** A branch. */
  public record When(RowExpression condition, RowExpression result) {}

  private static List<RowExpression> operandsOf(List<When> whens, RowExpression otherwise) {
    List<RowExpression> operands = new ArrayList<>();
    for (When when : whens) {
      operands.add(when.condition());
      operands.add(when.result());
    }
    operands.add(otherwise);
    return operands;
  }

  @Override
  public DataType type() {
    return otherwise.type();
  }

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return operandsOf(whens, otherwise);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitCase(this);
  }
}
