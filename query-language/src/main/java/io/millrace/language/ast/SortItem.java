package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** An item of ORDER BY. */
public record SortItem(Expression expression, boolean isDescending, NullOrder nullOrder, Span span)
    implements Node {}
