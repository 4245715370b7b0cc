package io.millrace.language.expression;

import io.millrace.spi.types.DataType;

/** A parameter of a lambda: one or two to a lambda. {@code id} is unique in the statement. */
public record LambdaParameter(int id, String name, DataType type) {}
