package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * An expression with a type over one row. Immutable, equal by content. Values are in the internal
 * form of their type (see {@link DataType}). Operands have exactly the types that an expression
 * asks for: analysis has put casts where they widen.
 *
 * <p>An expression may fail for a row (overflow, division by zero, a failed cast). A rewrite never
 * moves one that {@link #canFail} before its guard, out of a conditional branch, or away.
 */
public sealed interface RowExpression
    permits Constant,
        ColumnReference,
        RowtimeReference,
        RowKindReference,
        Arithmetic,
        Negation,
        Comparison,
        Logical,
        Not,
        IsNull,
        InList,
        Case,
        Coalesce,
        Concatenation,
        Cast,
        FunctionCall,
        LambdaExpression,
        LambdaReference,
        FieldAccess,
        Subscript,
        ArrayConstructor,
        MapConstructor,
        StructConstructor {

  DataType type();

  /** Whether it may fail for some row by itself; operands not counted. */
  boolean failsByItself();

  /** Its operands, in the order of evaluation. */
  List<RowExpression> operands();

  <R> R accept(RowExpressionVisitor<R> visitor);

  /** Whether it, or an operand, may fail for some row. */
  default boolean canFail() {
    if (failsByItself()) {
      return true;
    }
    for (RowExpression operand : operands()) {
      if (operand.canFail()) {
        return true;
      }
    }
    return false;
  }

  /** Whether equal rows always give equal values. */
  default boolean isDeterministic() {
    if (this instanceof FunctionCall call && !call.function().deterministic()) {
      return false;
    }
    for (RowExpression operand : operands()) {
      if (!operand.isDeterministic()) {
        return false;
      }
    }
    return true;
  }
}
