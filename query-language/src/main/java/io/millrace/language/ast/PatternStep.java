package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/**
 * A further part of a {@link PatternSequence}.
 *
 * @param isStrict {@code ,} instead of {@code ->}: it must be the very next event
 */
public record PatternStep(boolean isStrict, PatternExpression pattern, Span span) implements Node {}
