package io.millrace.compiler.expression;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.Concatenation;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.LambdaReference;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.Negation;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowExpressionVisitor;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.expression.Subscript;

/**
 * The bytes of bytecode that an expression takes at most, its operands not counted, where every
 * value may be NULL.
 */
final class Weights implements RowExpressionVisitor<Integer> {
  private static final Weights INSTANCE = new Weights();
  private static final int NULL_CHECK = 15;

  /** Of one value of a constructor or one option of IN. */
  static final int ELEMENT = 12 + NULL_CHECK;

  private Weights() {}

  static int of(RowExpression expression) {
    return expression.accept(INSTANCE);
  }

  @Override
  public Integer visitConstant(Constant expression) {
    return 8;
  }

  @Override
  public Integer visitColumnReference(ColumnReference expression) {
    return 10;
  }

  @Override
  public Integer visitRowtimeReference(RowtimeReference expression) {
    return 6;
  }

  @Override
  public Integer visitRowKindReference(RowKindReference expression) {
    return 8;
  }

  @Override
  public Integer visitArithmetic(Arithmetic expression) {
    return 15 + NULL_CHECK;
  }

  @Override
  public Integer visitNegation(Negation expression) {
    return 12 + NULL_CHECK;
  }

  @Override
  public Integer visitComparison(Comparison expression) {
    return 15 + NULL_CHECK;
  }

  @Override
  public Integer visitLogical(Logical expression) {
    return 20 + (5 + NULL_CHECK) * expression.terms().size();
  }

  @Override
  public Integer visitNot(Not expression) {
    return 8;
  }

  @Override
  public Integer visitIsNull(IsNull expression) {
    return 8;
  }

  @Override
  public Integer visitInList(InList expression) {
    long computed =
        expression.options().stream().filter(option -> !(option instanceof Constant)).count();
    return 50 + ELEMENT * (int) computed;
  }

  @Override
  public Integer visitCase(Case expression) {
    return 15 + (15 + NULL_CHECK) * expression.whens().size();
  }

  @Override
  public Integer visitCoalesce(Coalesce expression) {
    return 10 + (10 + NULL_CHECK) * expression.values().size();
  }

  @Override
  public Integer visitConcatenation(Concatenation expression) {
    return 20 + (6 + NULL_CHECK) * expression.parts().size();
  }

  @Override
  public Integer visitCast(Cast expression) {
    return 20 + NULL_CHECK;
  }

  @Override
  public Integer visitFunctionCall(FunctionCall expression) {
    return 45 + (10 + NULL_CHECK) * expression.arguments().size();
  }

  @Override
  public Integer visitLambdaExpression(LambdaExpression expression) {
    return 0;
  }

  @Override
  public Integer visitLambdaReference(LambdaReference expression) {
    return 12 + NULL_CHECK;
  }

  @Override
  public Integer visitFieldAccess(FieldAccess expression) {
    return 25 + NULL_CHECK;
  }

  @Override
  public Integer visitSubscript(Subscript expression) {
    return 30 + NULL_CHECK;
  }

  @Override
  public Integer visitArrayConstructor(ArrayConstructor expression) {
    return 15 + ELEMENT * expression.values().size();
  }

  @Override
  public Integer visitStructConstructor(StructConstructor expression) {
    return 15 + ELEMENT * expression.values().size();
  }

  @Override
  public Integer visitMapConstructor(MapConstructor expression) {
    return 15 + 2 * ELEMENT * expression.keys().size();
  }
}
