package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/**
 * {@code key = value} of a WITH clause or of SET.
 *
 * @param key as written, without quotes
 * @param value a literal; a number may have a sign
 */
public record OptionAssignment(String key, Span keySpan, Expression value, Span span)
    implements Node {}
