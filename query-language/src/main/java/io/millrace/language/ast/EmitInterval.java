package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** What EVERY counts. */
public sealed interface EmitInterval extends Node {

  /** {@code EVERY duration}. */
  record Time(DurationLiteral duration, Span span) implements EmitInterval {}

  /** {@code EVERY count EVENTS}. */
  record Events(IntegerLiteral count, Span span) implements EmitInterval {}
}
