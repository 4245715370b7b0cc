package io.millrace.spi.connector;

/** How the records of a format are told apart in a sequence of bytes. */
public enum Framing {
  /** A record is a line; LF or CR LF ends it, and may be missing at the end. */
  LINES,
  /** As {@link #LINES}, but a line end between double quotes belongs to the record (CSV). */
  QUOTED_LINES,
  /** The whole file is one record. */
  WHOLE
}
