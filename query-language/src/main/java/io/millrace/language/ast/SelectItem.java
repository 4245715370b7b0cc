package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/** An item of a select list. */
public sealed interface SelectItem extends Node {

  /**
   * {@code expression [AS alias]}.
   *
   * @param alias null if there is none
   */
  record Column(Expression expression, @Nullable Identifier alias, Span span)
      implements SelectItem {}

  /**
   * {@code *} or {@code qualifier.*}.
   *
   * @param qualifier a source or a struct; null for all columns of all sources
   */
  record Star(@Nullable Expression qualifier, Span span) implements SelectItem {}
}
