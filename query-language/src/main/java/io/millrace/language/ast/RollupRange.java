package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code WITHIN from, to PER unit}: the part of an aggregation that is asked for.
 *
 * @param from null for UNBOUNDED
 * @param to null for UNBOUNDED, and if {@code from} stands alone
 * @param isPeriod whether {@code from} stands alone, and says where the part ends, too
 */
public record RollupRange(
    @Nullable Expression from,
    @Nullable Expression to,
    boolean isPeriod,
    Expression unit,
    Span span)
    implements Node {}
