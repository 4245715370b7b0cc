package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that is the same for every row: its boxed internal form, null for NULL. */
public record Constant(@Nullable Object value, DataType type) implements RowExpression {

  public static final Constant TRUE = new Constant(true, DataType.BOOLEAN);
  public static final Constant FALSE = new Constant(false, DataType.BOOLEAN);

  public static Constant nullOf(DataType type) {
    return new Constant(null, type);
  }

  public boolean isNull() {
    return value == null;
  }

  @Override
  public boolean failsByItself() {
    return false;
  }

  @Override
  public List<RowExpression> operands() {
    return List.of();
  }

  @Override
  public <R> R accept(RowExpressionVisitor<R> visitor) {
    return visitor.visitConstant(this);
  }
}
