package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code AFTER MATCH SKIP mode variable}.
 *
 * @param variable null for the modes that name none
 */
public record AfterMatch(SkipMode mode, @Nullable Identifier variable, Span span) implements Node {}
