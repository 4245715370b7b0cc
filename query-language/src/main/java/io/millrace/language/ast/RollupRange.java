package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code WITHIN from, to PER unit}: the part of an aggregation that is asked for.
 *
 * @param to null if {@code from} stands alone
 */
public record RollupRange(Expression from, @Nullable Expression to, Expression unit, Span span)
    implements Node {}
