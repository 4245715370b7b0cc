package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * An end of a frame.
 *
 * @param offset null for the kinds that have none
 */
public record FrameBound(FrameBoundKind kind, @Nullable Expression offset, Span span)
    implements Node {}
