package io.millrace.language.plan;

import io.millrace.spi.time.Slack;

/** Where the event time of a stream comes from. */
public sealed interface TimeAttribute {

  /** Nothing is declared: the connector's record time, else arrival. Arrival order is the order. */
  record Undeclared() implements TimeAttribute {}

  /**
   * {@code TIMESTAMP BY column}: a TIMESTAMP, or BIGINT of milliseconds; arrival order is the
   * order.
   */
  record Column(int column) implements TimeAttribute {}

  /**
   * {@code WATERMARK FOR column AS column - slack}, or {@code ADAPTIVE}: rows come as late as the
   * slack allows; order-sensitive nodes see them sorted.
   */
  record Watermark(int column, Slack slack) implements TimeAttribute {}

  /** A derived stream: its rows have the times that its queries give them. */
  record Derived(boolean isSorted) implements TimeAttribute {}
}
