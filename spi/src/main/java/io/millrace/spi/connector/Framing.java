package io.millrace.spi.connector;

/**
 * How the records of a format are told apart in a sequence of bytes.
 *
 * @param kind what ends a record
 * @param quote for {@link Kind#QUOTED_LINES} the ASCII character around fields that may hold line
 *     ends; it is doubled inside them
 * @param delimiter for {@link Kind#QUOTED_LINES} the ASCII character between fields: a quote opens
 *     a field at its start only
 */
public record Framing(Kind kind, char quote, char delimiter) {
  /** A record is a line. */
  public static final Framing LINES = new Framing(Kind.LINES, '"', ',');

  /** The whole file is one record. */
  public static final Framing WHOLE = new Framing(Kind.WHOLE, '"', ',');

  /** What ends a record. */
  public enum Kind {
    /** LF or CR LF, which may be missing at the end of the file. */
    LINES,
    /** As {@link #LINES}, but a line end inside a quoted field belongs to the record. */
    QUOTED_LINES,
    /** The end of the file. */
    WHOLE
  }

  /** Lines in which fields may be quoted, as in CSV. */
  public static Framing quotedLines(char quote, char delimiter) {
    return new Framing(Kind.QUOTED_LINES, quote, delimiter);
  }
}
