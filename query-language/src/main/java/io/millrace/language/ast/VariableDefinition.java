package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** {@code name AS condition} of DEFINE. */
public record VariableDefinition(Identifier name, Expression condition, Span span)
    implements Node {}
