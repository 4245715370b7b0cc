package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/**
 * A branch of a {@link CaseExpression}.
 *
 * @param condition with an operand, the value that it is compared with
 */
public record WhenClause(Expression condition, Expression result, Span span) implements Node {}
