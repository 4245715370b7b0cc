package io.millrace.language.ast;

import org.jspecify.annotations.Nullable;

/** When a query sends rows. */
public sealed interface EmitMode {

  /**
   * {@code FINAL}.
   *
   * @param early the interval of EARLY EVERY, or null
   */
  record Final(@Nullable DurationLiteral early) implements EmitMode {}

  /**
   * {@code ON CLOSE}.
   *
   * @param early the interval of EARLY EVERY, or null
   */
  record OnClose(@Nullable DurationLiteral early) implements EmitMode {}

  /** {@code CHANGES [DISTINCT]}. */
  record Changes(boolean isDistinct) implements EmitMode {}

  /** {@code ON ARRIVAL}. */
  record OnArrival() implements EmitMode {}

  /** {@code ON EXPIRY}. */
  record OnExpiry() implements EmitMode {}

  /** {@code EVERY interval}: the current result. */
  record Snapshot(EmitInterval interval) implements EmitMode {}

  /** {@code FIRST|LAST|ALL EVERY interval}: fewer rows. */
  record RateLimit(RateLimitKind kind, EmitInterval interval) implements EmitMode {}
}
