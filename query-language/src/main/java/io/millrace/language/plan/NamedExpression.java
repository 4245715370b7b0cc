package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;

/** A column of a result. */
public record NamedExpression(String name, RowExpression expression) {}
