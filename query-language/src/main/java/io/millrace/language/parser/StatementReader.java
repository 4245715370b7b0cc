package io.millrace.language.parser;

import io.millrace.spi.error.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Reads a text statement by statement, as tokens up to the next {@code ;}. It reports what is no
 * token: strings, names and comments that are not closed, and unknown characters.
 */
final class StatementReader {
  private static final int LONGEST_STATEMENT = 500_000;
  private static final int MOST_RETURNS = 10;
  private static final int MOST_UNKNOWN_CHARACTERS = 1_000;

  private final ExpandedText text;
  private final Diagnostics diagnostics;
  private final MillraceLexer lexer;
  private final CharacterStream characters;
  private List<Token> tokens = new ArrayList<>();
  private boolean damaged;
  private boolean ended;
  private int firstStringOverLines = -1;
  private int returns;
  private int unknownCharacters;

  StatementReader(ExpandedText text, Diagnostics diagnostics) {
    this.text = text;
    this.diagnostics = diagnostics;
    this.characters = new CharacterStream(text.text());
    this.lexer = new MillraceLexer(characters);
    lexer.removeErrorListeners();
  }

  /** Goes to the next statement that is not empty; false at the end of the text. */
  boolean advance() {
    while (!ended) {
      tokens = new ArrayList<>();
      damaged = false;
      readStatement();
      if (!tokens.isEmpty()) {
        int end = tokens.get(tokens.size() - 1).getStopIndex() + 1;
        damaged |= text.hasUndefined(tokens.get(0).getStartIndex(), end);
        return true;
      }
    }
    return false;
  }

  /** The tokens of the current statement, without its semicolon. */
  List<Token> tokens() {
    return tokens;
  }

  /** Whether errors of the current statement have been reported, so that others would be noise. */
  boolean isDamaged() {
    return damaged;
  }

  /** How far the text has been read. */
  int offset() {
    return characters.index();
  }

  private void readStatement() {
    while (!ended) {
      Token token = lexer.nextToken();
      switch (token.getType()) {
        case Token.EOF -> ended = true;
        case MillraceLexer.SEMICOLON -> {
          return;
        }
        case MillraceLexer.UNCLOSED_STRING -> unclosedString(token);
        case MillraceLexer.UNCLOSED_IDENTIFIER -> unclosedIdentifier(token);
        case MillraceLexer.UNCLOSED_COMMENT ->
            damage("unclosed-comment", token, 2, "comment is not closed", "add '*/' behind it");
        case MillraceLexer.UNKNOWN -> unknownCharacter(token);
        default -> add(token);
      }
    }
  }

  private void add(Token token) {
    if (token.getType() == MillraceLexer.STRING && firstStringOverLines < 0) {
      String string = token.getText();
      if (string.indexOf('\n') >= 0 || string.indexOf('\r') >= 0) {
        firstStringOverLines = token.getStartIndex();
      }
    }
    if (tokens.size() < LONGEST_STATEMENT) {
      tokens.add(token);
    } else if (!damaged) {
      damage(
          "statement-too-long",
          tokens.get(0),
          1,
          "statement has more than " + LONGEST_STATEMENT + " words",
          "split it into several");
    }
  }

  /**
   * An unclosed string swallows all up to the next quote, so that the one that is found without an
   * end is often another: a string over several lines before it is the likelier one. Reading goes
   * on behind the line where it begins.
   */
  private void unclosedString(Token token) {
    int start = token.getStartIndex();
    if (firstStringOverLines >= 0 && returns++ < MOST_RETURNS) {
      start = firstStringOverLines;
    }
    firstStringOverLines = -1;
    char quote = text.text().charAt(start);
    diagnostics.report(
        "unclosed-string",
        text.span(start, start + 1),
        "string is not closed",
        "add a " + quote + " where it ends; in a string, write " + quote + quote);
    damaged = true;
    tokens.clear();
    tokens.add(token);
    resumeBehindLine(start);
  }

  private void unclosedIdentifier(Token token) {
    damage(
        "unclosed-name", token, 1, "name in back-quotes is not closed", "add a '`' where it ends");
    resumeBehindLine(token.getStartIndex());
  }

  /** Goes on at the end of the line, or at the semicolon that ends it. */
  private void resumeBehindLine(int offset) {
    String all = text.text();
    int end = offset;
    int last = offset;
    while (end < all.length() && all.charAt(end) != '\n' && all.charAt(end) != '\r') {
      if (!Character.isWhitespace(all.charAt(end))) {
        last = end;
      }
      end++;
    }
    characters.seek(last > offset && all.charAt(last) == ';' ? last : end);
    lexer._hitEOF = false;
  }

  private void unknownCharacter(Token token) {
    if (unknownCharacters++ > MOST_UNKNOWN_CHARACTERS) {
      damage("no-script", token, 1, "text has too many unknown characters", "is it a script?");
      ended = true;
      return;
    }
    if (damaged) {
      return;
    }
    int start = token.getStartIndex();
    int character = text.text().codePointAt(start);
    damage(
        "unknown-character",
        token,
        Character.charCount(character),
        "unknown character " + display(character),
        new ForeignCharacters(text.text(), start, tokens)
            .findHint()
            .orElseGet(() -> hintFor(character)));
  }

  private static String display(int character) {
    String code = String.format(Locale.ROOT, "U+%04X", character);
    boolean visible =
        Character.isDefined(character)
            && !Character.isISOControl(character)
            && !Character.isSurrogate((char) character)
            && !Character.isWhitespace(character);
    return visible ? "'" + Character.toString(character) + "' (" + code + ")" : code;
  }

  private static String hintFor(int character) {
    return switch (character) {
      case '\u2018', '\u2019', '\u201C', '\u201D', '\u00B4' -> "strings have straight quotes: '…'";
      case '\u2013', '\u2014', '\u2212' -> "write a plain minus '-'";
      case '&' -> "write AND";
      case '!' -> "write NOT, or <> for 'not equal'";
      case '\\' -> "strings have no escapes; a quote in a string is written twice";
      default -> "remove it, or put it into a string";
    };
  }

  private void damage(String code, Token token, int length, String message, String hint) {
    int start = token.getStartIndex();
    diagnostics.report(code, text.span(start, start + length), message, hint);
    damaged = true;
    if (tokens.isEmpty()) {
      tokens.add(new CommonToken(token));
    }
  }
}
