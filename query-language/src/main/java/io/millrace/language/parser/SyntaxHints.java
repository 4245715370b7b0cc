package io.millrace.language.parser;

import io.millrace.spi.error.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** What a user probably wanted who wrote a token that cannot stand at its place. */
final class SyntaxHints {
  private static final String CLAUSE_ORDER =
      "clauses come in this order: SELECT, FROM, WHERE, GROUP BY, HAVING, QUALIFY, PARTITION BY,"
          + " ORDER BY, LIMIT, EMIT";

  private static final Set<Integer> CLAUSES =
      Set.of(
          MillraceLexer.FROM,
          MillraceLexer.WHERE,
          MillraceLexer.GROUP,
          MillraceLexer.HAVING,
          MillraceLexer.QUALIFY,
          MillraceLexer.PARTITION,
          MillraceLexer.ORDER,
          MillraceLexer.LIMIT,
          MillraceLexer.EMIT);

  /** What follows the alias of a source, and no word that begins a clause. */
  private static final Set<Integer> BEHIND_ALIASES =
      Set.of(
          Token.EOF,
          MillraceLexer.SEMICOLON,
          MillraceLexer.CLOSE_PARENTHESIS,
          MillraceLexer.COMMA,
          MillraceLexer.ON,
          MillraceLexer.WHERE,
          MillraceLexer.JOIN);

  /** Words that nobody means as a name. */
  private static final Set<Integer> NEVER_NAMES =
      Set.of(
          MillraceLexer.FROM,
          MillraceLexer.WHERE,
          MillraceLexer.AND,
          MillraceLexer.OR,
          MillraceLexer.AS,
          MillraceLexer.SELECT,
          MillraceLexer.JOIN,
          MillraceLexer.HAVING,
          MillraceLexer.UNION,
          MillraceLexer.NOT,
          MillraceLexer.IS,
          MillraceLexer.NULL,
          MillraceLexer.TRUE,
          MillraceLexer.FALSE);

  private final List<Token> tokens;
  private final int index;
  private final Expectations expected;
  private final Expectations expectedBefore;
  private final Token found;
  private final Token before;

  SyntaxHints(List<Token> tokens, int index, Expectations expected, Expectations expectedBefore) {
    this.tokens = tokens;
    this.index = index;
    this.expected = expected;
    this.expectedBefore = expectedBefore;
    this.found = at(index);
    this.before = at(index - 1);
  }

  Optional<String> find() {
    return signHint()
        .or(this::misspeltHint)
        .or(this::commaTooManyHint)
        .or(this::reservedWordHint)
        .or(this::reservedWordBeforeHint)
        .or(this::placeHint)
        .or(this::durationHint)
        .or(this::unionHint)
        .or(this::statementEndHint)
        .or(this::clauseOrderHint)
        .or(this::aliasHint)
        .or(this::missingCommaHint);
  }

  private Token at(int position) {
    return position >= 0 && position < tokens.size()
        ? tokens.get(position)
        : new CommonToken(Token.EOF, "");
  }

  private static boolean isWord(Token token) {
    return token.getType() == MillraceLexer.IDENTIFIER || !Words.keyword(token.getType()).isEmpty();
  }

  private static boolean isName(Token token) {
    int type = token.getType();
    return type == MillraceLexer.QUOTED_IDENTIFIER || (isWord(token) && !Words.isReserved(type));
  }

  /** Signs that other languages have in this place. */
  private Optional<String> signHint() {
    return switch (found.getType()) {
      case MillraceLexer.ARROW ->
          expected.isWithin(MillraceParser.RULE_argument)
              ? Optional.of("a lambda is written x => expression")
              : Optional.empty();
      case MillraceLexer.FAT_ARROW -> fatArrowHint();
      case MillraceLexer.EQUAL,
          MillraceLexer.NOT_EQUAL,
          MillraceLexer.LESS,
          MillraceLexer.LESS_OR_EQUAL,
          MillraceLexer.GREATER,
          MillraceLexer.GREATER_OR_EQUAL ->
          expected.has(MillraceLexer.AND)
              ? Optional.of("comparisons do not chain; write a < b AND b < c")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<String> fatArrowHint() {
    if (expected.has(MillraceLexer.EQUAL, MillraceParser.RULE_option)) {
      return Optional.of("an option is written key = value");
    }
    if (expected.has(MillraceLexer.ARROW)) {
      return Optional.of("'followed by' is written ->");
    }
    return Optional.of("a lambda stands only among the arguments of a call");
  }

  /** A word that is nearly one that could stand here, or nearly one before that was a name. */
  private Optional<String> misspeltHint() {
    if (isLongWord(found)) {
      Collection<String> keywords = index == 0 ? Words.statementWords() : expected.keywords();
      Optional<String> near = NearestName.hint(found.getText(), keywords);
      if (near.isPresent()) {
        return near;
      }
    }
    if (isLongWord(before)) {
      return NearestName.find(before.getText(), expectedBefore.keywords())
          .map(word -> "did you mean '" + word + "' instead of '" + before.getText() + "'?");
    }
    return Optional.empty();
  }

  private static boolean isLongWord(Token token) {
    return token.getType() == MillraceLexer.IDENTIFIER && token.getText().length() > 2;
  }

  private Optional<String> commaTooManyHint() {
    boolean ends =
        found.getType() == MillraceLexer.CLOSE_PARENTHESIS
            || found.getType() == MillraceLexer.CLOSE_BRACKET
            || found.getType() == Token.EOF
            || CLAUSES.contains(found.getType());
    return ends && before.getType() == MillraceLexer.COMMA
        ? Optional.of("remove the comma before it")
        : Optional.empty();
  }

  private Optional<String> reservedWordHint() {
    int type = found.getType();
    boolean isClause =
        at(index + 1).getType() == MillraceLexer.BY
            || before.getType() == type
            || NEVER_NAMES.contains(type)
            || (expected.has(Token.EOF) && Words.beginsStatement(found));
    if (!Words.isReserved(type) || isClause || !expected.hasName()) {
      return Optional.empty();
    }
    String word = found.getText();
    return Optional.of("'" + word + "' is a reserved word; as a name, write `" + word + "`");
  }

  /** A reserved word was taken for what it is, but a name could have stood there, too. */
  private Optional<String> reservedWordBeforeHint() {
    int type = before.getType();
    boolean couldBeName =
        Words.isReserved(type)
            && !NEVER_NAMES.contains(type)
            && expectedBefore.hasName()
            && !expectedBefore.has(Token.EOF)
            && !expected.hasName();
    String word = before.getText();
    return couldBeName
        ? Optional.of("'" + word + "' is a reserved word; as a name, write `" + word + "`")
        : Optional.empty();
  }

  private Optional<String> durationHint() {
    boolean afterNumber =
        before.getType() == MillraceLexer.INTEGER || before.getType() == MillraceLexer.DECIMAL;
    return afterNumber && isName(found) && expected.has(MillraceLexer.UNIT_SECOND)
        ? Optional.of("units of time are MS, SECONDS, MINUTES, HOURS and DAYS")
        : Optional.empty();
  }

  /** Things that have another place, or another form in this place. */
  private Optional<String> placeHint() {
    return switch (found.getType()) {
      case MillraceLexer.WINDOW -> Optional.of("WINDOW follows its stream; an alias comes after");
      case MillraceLexer.FROM ->
          before.getType() == MillraceLexer.SELECT
              ? Optional.of("say what to select: columns, or * for all")
              : Optional.empty();
      case MillraceLexer.IDENTIFIER ->
          expected.isBeginning(MillraceParser.RULE_optionValue, index)
              ? Optional.of("texts are quoted: '" + found.getText() + "'")
              : usingHint();
      case MillraceLexer.SELECT ->
          before.getType() == MillraceLexer.ALL
              ? Optional.of(
                  "whole queries are united in parentheses: (SELECT …) UNION ALL (SELECT …)")
              : Optional.empty();
      case MillraceLexer.COMMA ->
          expected.has(MillraceLexer.JOIN)
              ? Optional.of("sources are combined by JOIN, or by UNION ALL")
              : Optional.empty();
      case MillraceLexer.WITH -> Optional.of("WITH stands before AS, or before SELECT");
      case MillraceLexer.STRING ->
          expected.hasName() && !expected.has(MillraceLexer.STRING)
              ? Optional.of("names are quoted with back-quotes; other quotes make strings")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<String> usingHint() {
    return found.getText().equalsIgnoreCase("using") && expected.has(MillraceLexer.WITHIN)
        ? Optional.of("write ON with a column of each: ON a.id = b.id")
        : Optional.empty();
  }

  private Optional<String> unionHint() {
    return before.getType() == MillraceLexer.UNION
        ? Optional.of("streams keep their duplicates: write UNION ALL")
        : Optional.empty();
  }

  private Optional<String> statementEndHint() {
    return expected.has(Token.EOF) && Words.beginsStatement(found)
        ? Optional.of("a statement ends with ';'")
        : Optional.empty();
  }

  private Optional<String> clauseOrderHint() {
    return CLAUSES.contains(found.getType()) && expected.has(Token.EOF)
        ? Optional.of(CLAUSE_ORDER)
        : Optional.empty();
  }

  private Optional<String> aliasHint() {
    boolean isSourceAlias =
        isName(found)
            && expected.has(MillraceLexer.IDENTIFIER, MillraceParser.RULE_aliasName)
            && BEHIND_ALIASES.contains(at(index + 1).getType());
    if (isSourceAlias) {
      return Optional.of("it begins a clause; as an alias it needs AS: AS " + found.getText());
    }
    if (!isName(found) || !expected.has(MillraceLexer.AS, MillraceParser.RULE_selectItem)) {
      return Optional.empty();
    }
    return Optional.of(
        "an alias in a select list needs AS: write AS " + found.getText() + ", or a comma before");
  }

  private Optional<String> missingCommaHint() {
    boolean beginsItem =
        isName(found)
            || found.getType() == MillraceLexer.STRING
            || found.getType() == MillraceLexer.INTEGER
            || found.getType() == MillraceLexer.DECIMAL;
    return beginsItem && expected.has(MillraceLexer.COMMA) && !expected.has(MillraceLexer.INTEGER)
        ? Optional.of("is there a comma missing before it?")
        : Optional.empty();
  }
}
