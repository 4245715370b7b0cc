package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * An item of a column list that says what time and order the rows have. IDLE TIMEOUT and LATE are
 * written behind another one and become items of their own.
 */
public sealed interface TimeClause extends Node {

  /**
   * {@code WATERMARK FOR column AS column - slack}.
   *
   * @param slack null for none
   */
  record FixedWatermark(Identifier column, @Nullable DurationLiteral slack, Span span)
      implements TimeClause {}

  /**
   * {@code WATERMARK FOR column ADAPTIVE [MAX max] [QUALITY quality]}.
   *
   * @param max the largest slack, or null
   * @param quality the share of events that shall be in order, or null
   */
  record AdaptiveWatermark(
      Identifier column, @Nullable DurationLiteral max, @Nullable Expression quality, Span span)
      implements TimeClause {}

  /**
   * {@code WATERMARK ON (condition) [MARK column]}: marks in the stream itself.
   *
   * @param mark the column with the mark's number, or null
   */
  record MarkWatermark(Expression condition, @Nullable Identifier mark, Span span)
      implements TimeClause {}

  /** {@code TIMESTAMP BY column}. */
  record TimestampBy(Identifier column, Span span) implements TimeClause {}

  /**
   * {@code ORDER BY column [TIMEOUT timeout] [SKIP TO skipTo WHEN (skipWhen)]}: sequence numbers.
   *
   * @param timeout null if it is not given
   * @param skipTo null, as {@code skipWhen}, without a SKIP part
   */
  record SequenceOrder(
      Identifier column,
      @Nullable DurationLiteral timeout,
      @Nullable Identifier skipTo,
      @Nullable Expression skipWhen,
      Span span)
      implements TimeClause {}

  /** {@code IDLE TIMEOUT timeout}. */
  record IdleTimeout(DurationLiteral timeout, Span span) implements TimeClause {}

  /**
   * {@code LATE INTO stream} or {@code LATE DROP}.
   *
   * @param into null to drop
   */
  record Late(@Nullable Identifier into, Span span) implements TimeClause {}
}
