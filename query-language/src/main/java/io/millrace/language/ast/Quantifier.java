package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code {min,max}}, {@code +}, {@code *} or {@code ?}.
 *
 * @param max null for no limit
 */
public record Quantifier(int min, @Nullable Integer max, boolean isReluctant, Span span)
    implements Node {}
