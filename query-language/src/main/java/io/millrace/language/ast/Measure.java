package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code expression AS alias} of MEASURES. */
public record Measure(Expression expression, Identifier alias, Span span) implements Node {}
