package io.millrace.language.ast;

/**
 * An expression as written: names are not resolved, types not known. Parentheses leave no trace.
 */
public sealed interface Expression extends Node
    permits NullLiteral,
        BooleanLiteral,
        IntegerLiteral,
        DecimalLiteral,
        DoubleLiteral,
        StringLiteral,
        TemporalLiteral,
        DurationLiteral,
        ArrayExpression,
        MapExpression,
        StructExpression,
        NameExpression,
        FieldExpression,
        SubscriptExpression,
        LastElementExpression,
        LogicalExpression,
        NotExpression,
        ComparisonExpression,
        BetweenExpression,
        InListExpression,
        InQueryExpression,
        LikeExpression,
        RegexpExpression,
        IsNullExpression,
        IsTruthExpression,
        ConcatenationExpression,
        ArithmeticExpression,
        NegationExpression,
        AtTimeZoneExpression,
        CaseExpression,
        CastExpression,
        ExtractExpression,
        FloorToExpression,
        PositionExpression,
        CallExpression,
        LambdaFunction,
        SubqueryExpression,
        SemanticsExpression {

  <R> R accept(ExpressionVisitor<R> visitor);
}
