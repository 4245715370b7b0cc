package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;

/** Strings by their code points: what users call characters. Indexes count from 0. */
final class CodePoints {
  /** The longest text that a function makes out of a number, so that none exhausts the memory. */
  static final int LONGEST = 10_000_000;

  private CodePoints() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The part {@code [from, to)}, where what lies outside of the text is left out. */
  static String slice(String text, long from, long to) {
    int length = length(text);
    int first = (int) Math.max(0, Math.min(from, length));
    int last = (int) Math.max(first, Math.min(to, length));
    if (length == text.length()) {
      return text.substring(first, last);
    }
    int start = text.offsetByCodePoints(0, first);
    return text.substring(start, text.offsetByCodePoints(start, last - first));
  }

  /** A text repeated up to a length and cut there. */
  static String fill(String pattern, long length) {
    if (length <= 0 || pattern.isEmpty()) {
      return "";
    }
    checkLength(length);
    int patternLength = length(pattern);
    String repeated = pattern.repeat((int) ((length + patternLength - 1) / patternLength));
    return slice(repeated, 0, length);
  }

  static void checkLength(long length) {
    if (length > LONGEST) {
      throw new RowException(
          "a text of " + length + " characters is too long: at most " + LONGEST + " are made");
    }
  }
}
