package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a window.
 *
 * @param parameter its name, or null if its position says what it is
 * @param isDescending whether DESC follows it
 */
public record WindowArgument(
    @Nullable WindowParameter parameter, Expression value, boolean isDescending, Span span)
    implements Node {}
