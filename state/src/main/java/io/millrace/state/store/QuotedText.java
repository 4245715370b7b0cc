package io.millrace.state.store;

/**
 * Any text as printable characters in double quotes, without line breaks: control characters,
 * unpaired surrogates, quotes and backslashes are escaped as in JSON.
 */
final class QuotedText {
  private QuotedText() {}

  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (isPlain(c)) {
        out.appendCodePoint(c);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit((c >> shift) & 0xF, 16));
        }
      }
    }
    return out.append('"').toString();
  }

  /**
   * Gives the text that was quoted.
   *
   * @throws IllegalArgumentException if this is not what {@link #quote} gave
   */
  static String unquote(String quoted) {
    int end = quoted.length() - 1;
    if (end < 1 || quoted.charAt(0) != '"' || quoted.charAt(end) != '"') {
      throw new IllegalArgumentException("not in quotes");
    }
    StringBuilder out = new StringBuilder(end);
    int at = 1;
    while (at < end) {
      char c = quoted.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = quoted.charAt(at++);
      if (escaped == 'u' && at + 4 <= end) {
        out.append((char) Integer.parseInt(quoted, at, at + 4, 16));
        at += 4;
      } else {
        out.append(escaped == 'n' ? '\n' : escaped);
      }
    }
    return out.toString();
  }

  /** What is left as it is: neither a control character nor half of a pair. */
  private static boolean isPlain(int c) {
    boolean isControl = c < 0x20 || (c >= 0x7F && c < 0xA0);
    boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !isControl && !isHalf;
  }
}
