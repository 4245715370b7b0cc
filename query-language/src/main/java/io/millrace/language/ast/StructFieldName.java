package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A field of a {@link StructTypeName}. */
public record StructFieldName(Identifier name, DataTypeName type, Span span) implements Node {}
