package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A parameter of a function that a script defines. */
public record FunctionParameter(Identifier name, DataTypeName type, Span span) implements Node {}
