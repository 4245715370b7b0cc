package io.millrace.language.expression;

/**
 * One method per kind of expression, without defaults, so that a new kind makes the compiler list
 * every place that must say something.
 */
public interface RowExpressionVisitor<R> {
  R visitConstant(Constant expression);

  R visitColumnReference(ColumnReference expression);

  R visitRowtimeReference(RowtimeReference expression);

  R visitRowKindReference(RowKindReference expression);

  R visitArithmetic(Arithmetic expression);

  R visitNegation(Negation expression);

  R visitComparison(Comparison expression);

  R visitLogical(Logical expression);

  R visitNot(Not expression);

  R visitIsNull(IsNull expression);

  R visitInList(InList expression);

  R visitCase(Case expression);

  R visitCoalesce(Coalesce expression);

  R visitConcatenation(Concatenation expression);

  R visitCast(Cast expression);

  R visitFunctionCall(FunctionCall expression);

  R visitLambdaExpression(LambdaExpression expression);

  R visitLambdaReference(LambdaReference expression);

  R visitFieldAccess(FieldAccess expression);

  R visitSubscript(Subscript expression);

  R visitArrayConstructor(ArrayConstructor expression);

  R visitStructConstructor(StructConstructor expression);

  R visitMapConstructor(MapConstructor expression);
}
