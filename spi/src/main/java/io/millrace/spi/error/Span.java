package io.millrace.spi.error;

/**
 * A stretch of a source text.
 *
 * @param start offset of the first character, from 0
 * @param end offset behind the last character; {@code [start, end)} may be empty
 * @param line line of the first character, from 1
 * @param column column of the first character, from 1, in characters
 */
public record Span(int start, int end, int line, int column) {

  /** For things that stand in no text, such as options given by a program. */
  public static final Span NONE = new Span(0, 0, 0, 0);

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a span: [" + start + ", " + end + ")");
    }
  }

  /**
   * The stretch from the start of this span to the end of {@code last}, which must not end earlier.
   */
  public Span to(Span last) {
    return new Span(start, Math.max(end, last.end), line, column);
  }

  public boolean isKnown() {
    return line > 0;
  }
}
