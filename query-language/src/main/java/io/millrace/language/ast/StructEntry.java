package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * A field of a {@link StructExpression}.
 *
 * @param name null if the value names it
 */
public record StructEntry(Expression value, @Nullable Identifier name, Span span) implements Node {}
