package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code ROWS|RANGE start} or {@code ROWS|RANGE BETWEEN start AND end}.
 *
 * @param isRows ROWS instead of RANGE
 * @param end null without BETWEEN
 */
public record FrameClause(boolean isRows, FrameBound start, @Nullable FrameBound end, Span span)
    implements Node {}
