package io.millrace.language.parser;

import io.millrace.spi.error.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Reads a text statement by statement, as tokens up to the next {@code ;}. It reports what is no
 * token: strings, names and comments that are not closed, and unknown characters.
 */
final class StatementReader {
  private static final int LONGEST_STATEMENT = 500_000;

  private final ExpandedText text;
  private final Diagnostics diagnostics;
  private final MillraceLexer lexer;
  private final CharacterStream characters;
  private List<Token> tokens = new ArrayList<>();
  private boolean damaged;
  private boolean ended;
  private int firstStringOverLines = -1;

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
    while (true) {
      Token token = lexer.nextToken();
      switch (token.getType()) {
        case Token.EOF -> {
          ended = true;
          return;
        }
        case MillraceLexer.SEMICOLON -> {
          return;
        }
        case MillraceLexer.UNCLOSED_STRING -> unclosedString(token);
        case MillraceLexer.UNCLOSED_IDENTIFIER ->
            damage(
                "unclosed-name",
                token,
                1,
                "name in back-quotes is not closed",
                "add a '`' behind it");
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

  /** An unclosed string would swallow all that follows: reading goes on at the next line. */
  private void unclosedString(Token token) {
    String hint = "add a " + token.getText().charAt(0) + " behind it";
    if (firstStringOverLines >= 0) {
      int line = text.span(firstStringOverLines, firstStringOverLines).line();
      hint += "; or is it the string that begins in line " + line + " that is not closed?";
    }
    damage("unclosed-string", token, 1, "string is not closed", hint);
    int end = token.getStartIndex();
    String all = text.text();
    while (end < all.length() && all.charAt(end) != '\n' && all.charAt(end) != '\r') {
      end++;
    }
    characters.seek(end);
  }

  private void unknownCharacter(Token token) {
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
        hintFor(character));
  }

  private static String display(int character) {
    String code = String.format("U+%04X", character);
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
