package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * An element of an array, counted from 1, from the end if negative (the index is a BIGINT); or the
 * value of a key of a map (the key has the map's key type). What is missing or out of range is
 * NULL.
 */
public record Subscript(RowExpression collection, RowExpression index, DataType type)
    implements RowExpression {

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return List.of(collection, index);
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitSubscript(this);
  }
}
