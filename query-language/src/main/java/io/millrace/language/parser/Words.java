package io.millrace.language.parser;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;

/** The words and signs of the language as people know them. */
final class Words {
  private static final Vocabulary VOCABULARY = MillraceLexer.VOCABULARY;
  private static final int WIDEST_TOKEN = 40;
  private static final Set<Integer> RESERVED =
      Set.copyOf(
          MillraceParser._ATN
              .nextTokens(MillraceParser._ATN.ruleToStartState[MillraceParser.RULE_reservedWord])
              .toSet());
  private static final List<String> STATEMENTS =
      List.of("CREATE", "INSERT", "SELECT", "DROP", "SHOW", "DESCRIBE", "EXPLAIN", "SET");

  private Words() {}

  static boolean isReserved(int type) {
    return RESERVED.contains(type);
  }

  static boolean beginsStatement(Token token) {
    return STATEMENTS.contains(keyword(token.getType()));
  }

  static Collection<String> statementWords() {
    return STATEMENTS;
  }

  /** The word of a keyword in capitals; empty for other types. */
  static String keyword(int type) {
    String literal = type > 0 ? VOCABULARY.getLiteralName(type) : null;
    if (literal == null) {
      return type == MillraceLexer.UNIT_DAY ? "DAYS" : "";
    }
    String word = literal.substring(1, literal.length() - 1);
    return Character.isLetter(word.charAt(0)) ? word : "";
  }

  /** A kind of token, for a message. */
  static String display(int type) {
    return switch (type) {
      case Token.EOF -> "the end of the statement";
      case MillraceLexer.EQUAL -> "'='";
      case MillraceLexer.NOT_EQUAL -> "'<>'";
      case MillraceLexer.ELLIPSIS -> "'...'";
      case MillraceLexer.STRING -> "a string";
      case MillraceLexer.INTEGER, MillraceLexer.DECIMAL, MillraceLexer.DOUBLE -> "a number";
      case MillraceLexer.IDENTIFIER, MillraceLexer.QUOTED_IDENTIFIER -> "a name";
      case MillraceLexer.GROUP, MillraceLexer.ORDER, MillraceLexer.PARTITION ->
          keyword(type) + " BY";
      default -> {
        String word = keyword(type);
        yield word.isEmpty() ? VOCABULARY.getDisplayName(type) : word;
      }
    };
  }

  /** A token of the text, for a message. */
  static String found(Token token) {
    String text = token.getText().replaceAll("\\s+", " ");
    String shown = text.length() > WIDEST_TOKEN ? text.substring(0, WIDEST_TOKEN) + "…" : text;
    return token.getType() == MillraceLexer.STRING ? "the string " + shown : "'" + shown + "'";
  }
}
