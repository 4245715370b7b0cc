package io.millrace.language.ast;

/** One method per kind of Expression, without defaults. */
public interface ExpressionVisitor<R> {
  R visitNullLiteral(NullLiteral expression);

  R visitBooleanLiteral(BooleanLiteral expression);

  R visitIntegerLiteral(IntegerLiteral expression);

  R visitDecimalLiteral(DecimalLiteral expression);

  R visitDoubleLiteral(DoubleLiteral expression);

  R visitStringLiteral(StringLiteral expression);

  R visitTemporalLiteral(TemporalLiteral expression);

  R visitDurationLiteral(DurationLiteral expression);

  R visitArrayExpression(ArrayExpression expression);

  R visitMapExpression(MapExpression expression);

  R visitStructExpression(StructExpression expression);

  R visitNameExpression(NameExpression expression);

  R visitFieldExpression(FieldExpression expression);

  R visitSubscriptExpression(SubscriptExpression expression);

  R visitLastElementExpression(LastElementExpression expression);

  R visitLogicalExpression(LogicalExpression expression);

  R visitNotExpression(NotExpression expression);

  R visitComparisonExpression(ComparisonExpression expression);

  R visitBetweenExpression(BetweenExpression expression);

  R visitInListExpression(InListExpression expression);

  R visitInQueryExpression(InQueryExpression expression);

  R visitLikeExpression(LikeExpression expression);

  R visitRegexpExpression(RegexpExpression expression);

  R visitIsNullExpression(IsNullExpression expression);

  R visitIsTruthExpression(IsTruthExpression expression);

  R visitConcatenationExpression(ConcatenationExpression expression);

  R visitArithmeticExpression(ArithmeticExpression expression);

  R visitNegationExpression(NegationExpression expression);

  R visitAtTimeZoneExpression(AtTimeZoneExpression expression);

  R visitCaseExpression(CaseExpression expression);

  R visitCastExpression(CastExpression expression);

  R visitExtractExpression(ExtractExpression expression);

  R visitFloorToExpression(FloorToExpression expression);

  R visitPositionExpression(PositionExpression expression);

  R visitCallExpression(CallExpression expression);

  R visitLambdaFunction(LambdaFunction expression);

  R visitSubqueryExpression(SubqueryExpression expression);

  R visitSemanticsExpression(SemanticsExpression expression);
}
