package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A column of a declared stream or table. */
public record ColumnDefinition(
    Identifier name, DataTypeName type, ColumnKey key, boolean isNotNull, Span span)
    implements Node {}
