package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** An entry of a {@link MapExpression}. */
public record MapEntry(Expression key, Expression value, Span span) implements Node {}
