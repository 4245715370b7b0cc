package io.millrace.language.parser;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text as the lexer reads it, in UTF-16 units, so that positions of tokens are offsets in the
 * text whatever characters it has.
 */
final class CharacterStream implements CharStream {
  private final String text;
  private int position;

  CharacterStream(String text) {
    this.text = text;
  }

  @Override
  public String getText(Interval interval) {
    int end = Math.min(interval.b + 1, text.length());
    return interval.a >= end ? "" : text.substring(interval.a, end);
  }

  @Override
  public void consume() {
    if (position >= text.length()) {
      throw new IllegalStateException("consumed the end of the text");
    }
    position++;
  }

  @Override
  public int LA(int distance) {
    int index = distance < 0 ? position + distance : position + distance - 1;
    return distance == 0 || index < 0 || index >= text.length()
        ? (distance == 0 ? 0 : IntStream.EOF)
        : text.charAt(index);
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {
    // All of the text is here: nothing was kept for a marker.
  }

  @Override
  public int index() {
    return position;
  }

  @Override
  public void seek(int index) {
    position = Math.min(index, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return UNKNOWN_SOURCE_NAME;
  }
}
