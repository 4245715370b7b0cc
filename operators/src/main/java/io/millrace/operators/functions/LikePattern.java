package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern of {@code LIKE}, cut at its percent signs into pieces of plain characters and
 * underscores. Matching takes each piece at its first place, which is enough since a percent sign
 * takes anything: no backtracking, at most text times pattern steps.
 */
public final class LikePattern {
  /** Stands for an underscore in a piece. */
  private static final int ANY = -1;

  /** No character is the escape. */
  static final int NO_ESCAPE = -2;

  private final List<int[]> pieces;
  private final boolean plain;
  private final String text;

  private LikePattern(List<int[]> pieces, String text) {
    this.pieces = pieces;
    this.text = text;
    plain = pieces.size() == 1 && Arrays.stream(pieces.get(0)).noneMatch(c -> c == ANY);
  }

  static LikePattern of(String pattern, int escape) {
    List<int[]> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int[] piece = new int[pattern.length()];
    int length = 0;
    for (int i = 0; i < pattern.length(); ) {
      int c = pattern.codePointAt(i);
      i += Character.charCount(c);
      if (c == escape) {
        c = escaped(pattern, i, escape);
        i += Character.charCount(c);
        text.appendCodePoint(c);
        piece[length++] = c;
      } else if (c == '%') {
        pieces.add(Arrays.copyOf(piece, length));
        length = 0;
      } else {
        text.appendCodePoint(c);
        piece[length++] = c == '_' ? ANY : c;
      }
    }
    pieces.add(Arrays.copyOf(piece, length));
    return new LikePattern(pieces, text.toString());
  }

  private static int escaped(String pattern, int at, int escape) {
    int c = at < pattern.length() ? pattern.codePointAt(at) : 0;
    if (c != '%' && c != '_' && c != escape) {
      throw new RowException(
          "bad LIKE pattern '"
              + pattern
              + "': the escape character must stand before %, _ or itself");
    }
    return c;
  }

  boolean matches(String value) {
    if (plain) {
      return value.equals(text);
    }
    int[] first = pieces.get(0);
    int at = end(value, 0, first);
    if (at < 0) {
      return false;
    }
    if (pieces.size() == 1) {
      return at == value.length();
    }
    for (int i = 1; i < pieces.size() - 1; i++) {
      at = find(value, at, pieces.get(i));
      if (at < 0) {
        return false;
      }
    }
    return endsWith(value, at, pieces.get(pieces.size() - 1));
  }

  /** The index behind the piece if it is at {@code from}, else -1. */
  private static int end(String value, int from, int[] piece) {
    int at = from;
    for (int wanted : piece) {
      if (at >= value.length()) {
        return -1;
      }
      int c = value.codePointAt(at);
      if (wanted != ANY && wanted != c) {
        return -1;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private static int find(String value, int from, int[] piece) {
    for (int at = from; at <= value.length(); ) {
      int end = end(value, at, piece);
      if (end >= 0) {
        return end;
      }
      at += at < value.length() ? Character.charCount(value.codePointAt(at)) : 1;
    }
    return -1;
  }

  private static boolean endsWith(String value, int from, int[] piece) {
    int at = value.length();
    for (int i = 0; i < piece.length; i++) {
      if (at <= from) {
        return false;
      }
      at -= Character.charCount(value.codePointBefore(at));
    }
    return at >= from && end(value, at, piece) == value.length();
  }
}
