package io.millrace.spi.types;

import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the text of a type, or of a function's signature, into words, numbers and marks, and hands
 * them out one by one. Words compare without regard to case; a name in back-quotes is exact.
 */
public final class TypeScanner {
  private static final Pattern TOKEN =
      Pattern.compile("->|\\.\\.\\.|[\\p{L}_$][\\p{L}\\p{N}_$]*|\\p{N}+|`[^`]+`|\\S");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int next;

  public TypeScanner(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  public boolean atEnd() {
    return next == tokens.size();
  }

  /** Whether the next token is this one; it stays. */
  public boolean sees(String token) {
    return !atEnd() && tokens.get(next).equalsIgnoreCase(token);
  }

  /** Takes the next token if it is this one. */
  public boolean accept(String token) {
    if (sees(token)) {
      next++;
      return true;
    }
    return false;
  }

  /** Takes the next token, which must be this one. */
  public void expect(String token) {
    if (!accept(token)) {
      throw expected("'" + token + "'");
    }
  }

  /** Takes a word as it is written, a quoted one without its quotes. */
  public String word(String what) {
    if (atEnd()) {
      throw expected(what);
    }
    String token = tokens.get(next);
    boolean quoted = token.startsWith("`") && token.length() > 2;
    if (!quoted && !Character.isLetter(token.codePointAt(0)) && "_$".indexOf(token.charAt(0)) < 0) {
      throw expected(what);
    }
    next++;
    return quoted ? token.substring(1, token.length() - 1) : token;
  }

  /** Whether the next token is a number. */
  public boolean seesNumber() {
    return !atEnd() && Character.isDigit(tokens.get(next).codePointAt(0));
  }

  /** Takes a whole number that fits an int. */
  public int number() {
    if (!seesNumber() || tokens.get(next).length() > 9) {
      throw expected("a number");
    }
    return Integer.parseInt(tokens.get(next++));
  }

  /** Says that nothing may follow. */
  public void expectEnd() {
    if (!atEnd()) {
      throw expected("the end");
    }
  }

  /** The error that something else was expected here. */
  public MillraceException expected(String what) {
    return new MillraceException(
        "cannot read '"
            + text
            + "': expected "
            + what
            + ", found "
            + (atEnd() ? "the end" : "'" + tokens.get(next) + "'"));
  }
}
