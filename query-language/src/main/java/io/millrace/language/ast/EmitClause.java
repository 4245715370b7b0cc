package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code EMIT mode [WITH RETRACTIONS]}. */
public record EmitClause(EmitMode mode, boolean isWithRetractions, Span span) implements Node {}
