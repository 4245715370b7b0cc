package io.millrace.spi.time;

/** What a progress of time speaks of. */
public enum TimeDomain {
  /** Event time: the watermark of an input. */
  EVENT,
  /** The engine's clock, which enters as control elements at the source. */
  CLOCK
}
