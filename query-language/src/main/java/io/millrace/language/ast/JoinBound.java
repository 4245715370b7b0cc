package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** How far apart in time two joined rows may be. */
public sealed interface JoinBound extends Node {

  /** {@code WITHIN d}, which is {@code (d, d)}, or {@code WITHIN (before, after)}. */
  record Interval(DurationLiteral before, DurationLiteral after, Span span) implements JoinBound {}

  /** {@code WITHIN UNBOUNDED}. */
  record Unbounded(Span span) implements JoinBound {}
}
