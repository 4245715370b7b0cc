package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the late rows of a source.
 *
 * @param into the stream of LATE INTO, or null where LATE DROP drops them
 */
public record LateClause(@Nullable Identifier into, Span span) {}
