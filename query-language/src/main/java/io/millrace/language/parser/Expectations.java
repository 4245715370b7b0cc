package io.millrace.language.parser;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;

/**
 * Says in few words what could stand at a place: parts of the language by their names where one
 * begins, else words and signs; what can go on everywhere (operators, clauses, joins) only as a
 * group, and only if there is little else.
 */
final class Expectations {
  private static final int MOST_NAMED = 5;
  private static final String UNIT = "a unit of time";

  /** Parts that have a name for people. The outermost that begins at a place is named. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(MillraceParser.RULE_statement, "a statement"),
          Map.entry(MillraceParser.RULE_query, "a query"),
          Map.entry(MillraceParser.RULE_selectQuery, "a query"),
          Map.entry(MillraceParser.RULE_relation, "a stream or table"),
          Map.entry(MillraceParser.RULE_source, "a stream or table"),
          Map.entry(MillraceParser.RULE_columnListItem, "a column"),
          Map.entry(MillraceParser.RULE_dataType, "a type"),
          Map.entry(MillraceParser.RULE_structField, "a field"),
          Map.entry(MillraceParser.RULE_functionParameter, "a parameter"),
          Map.entry(MillraceParser.RULE_option, "an option"),
          Map.entry(MillraceParser.RULE_optionValue, "a literal"),
          Map.entry(MillraceParser.RULE_durationValue, "a duration such as 10 SECONDS"),
          Map.entry(MillraceParser.RULE_emitInterval, "a duration or a number of EVENTS"),
          Map.entry(MillraceParser.RULE_durationUnit, UNIT),
          Map.entry(MillraceParser.RULE_number, "a number"),
          Map.entry(MillraceParser.RULE_windowSpecification, "a kind of window"),
          Map.entry(MillraceParser.RULE_windowArgument, "an argument"),
          Map.entry(MillraceParser.RULE_patternSequence, "an element of the pattern"),
          Map.entry(MillraceParser.RULE_patternOr, "an element of the pattern"),
          Map.entry(MillraceParser.RULE_patternAnd, "an element of the pattern"),
          Map.entry(MillraceParser.RULE_patternUnit, "an element of the pattern"),
          Map.entry(MillraceParser.RULE_patternFactor, "an element of the pattern"),
          Map.entry(MillraceParser.RULE_patternAtom, "an element of the pattern"),
          Map.entry(MillraceParser.RULE_rowPattern, "a row pattern"),
          Map.entry(MillraceParser.RULE_joinBound, "a duration such as 10 SECONDS"),
          Map.entry(MillraceParser.RULE_selectItem, "an expression"),
          Map.entry(MillraceParser.RULE_groupingElement, "an expression"),
          Map.entry(MillraceParser.RULE_sortItem, "an expression"),
          Map.entry(MillraceParser.RULE_argument, "an expression"),
          Map.entry(MillraceParser.RULE_expression, "an expression"),
          Map.entry(MillraceParser.RULE_value, "an expression"),
          Map.entry(MillraceParser.RULE_granularity, "a granularity such as HOUR"),
          Map.entry(MillraceParser.RULE_objectKind, "a kind such as STREAM"),
          Map.entry(MillraceParser.RULE_aliasName, "an alias"),
          Map.entry(MillraceParser.RULE_identifier, "a name"));

  /** Parts that may follow an expression nearly everywhere. */
  private static final Set<Integer> OPERATORS =
      Set.of(
          MillraceParser.RULE_predicateTail,
          MillraceParser.RULE_overClause,
          MillraceParser.RULE_filterClause,
          MillraceParser.RULE_nullTreatment,
          MillraceParser.RULE_argumentTail,
          MillraceParser.RULE_durationPart,
          MillraceParser.RULE_quantifier);

  /** Parts that may follow a source. */
  private static final Set<Integer> SOURCE_TAILS =
      Set.of(
          MillraceParser.RULE_matchRecognize,
          MillraceParser.RULE_rollupRange,
          MillraceParser.RULE_windowClause,
          MillraceParser.RULE_sourceAlias,
          MillraceParser.RULE_source,
          MillraceParser.RULE_join,
          MillraceParser.RULE_joinType);

  /** In the order in which they stand in a query. */
  private static final List<Integer> CLAUSES =
      List.of(
          MillraceLexer.WHERE,
          MillraceLexer.GROUP,
          MillraceLexer.HAVING,
          MillraceLexer.QUALIFY,
          MillraceLexer.PARTITION,
          MillraceLexer.ORDER,
          MillraceLexer.LIMIT,
          MillraceLexer.EMIT,
          MillraceLexer.UNION);

  private static final Set<Integer> OPERATOR_SIGNS =
      Set.of(
          MillraceLexer.AND,
          MillraceLexer.OR,
          MillraceLexer.DOT,
          MillraceLexer.OPEN_BRACKET,
          MillraceLexer.AT,
          MillraceLexer.PLUS,
          MillraceLexer.MINUS,
          MillraceLexer.STAR,
          MillraceLexer.SLASH,
          MillraceLexer.PERCENT,
          MillraceLexer.CONCAT);

  private final List<SyntaxErrorFinder.Expected> expected;

  /** What can go on in many places. */
  private enum Group {
    OPERATOR("an operator"),
    SOURCE_TAIL("a WINDOW, a JOIN"),
    CLAUSE("a clause such as "),
    END("the end of the statement");

    private final String text;

    Group(String text) {
      this.text = text;
    }
  }

  Expectations(List<SyntaxErrorFinder.Expected> expected) {
    this.expected = expected;
  }

  boolean has(int type) {
    return expected.stream().anyMatch(e -> e.type() == type);
  }

  /** Whether a token of that type would be taken by that rule itself. */
  boolean has(int type, int rule) {
    return expected.stream().anyMatch(e -> e.type() == type && e.frame().rule() == rule);
  }

  /** Whether a part of that rule is open or could begin. */
  boolean isWithin(int rule) {
    for (SyntaxErrorFinder.Expected e : expected) {
      for (SyntaxErrorFinder.Frame f = e.frame(); f != null; f = f.caller()) {
        if (f.rule() == rule) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a part of that rule could begin at token {@code index}. */
  boolean isBeginning(int rule, int index) {
    for (SyntaxErrorFinder.Expected e : expected) {
      for (SyntaxErrorFinder.Frame f = e.frame(); f != null && f.start() == index; f = f.caller()) {
        if (f.rule() == rule) {
          return true;
        }
      }
    }
    return false;
  }

  boolean hasName() {
    return has(MillraceLexer.IDENTIFIER);
  }

  /** The keywords that could stand there. */
  Set<String> keywords() {
    Set<String> keywords = new TreeSet<>();
    for (SyntaxErrorFinder.Expected e : expected) {
      String word = Words.keyword(e.type());
      if (!word.isEmpty() && !isName(e.frame())) {
        keywords.add(word);
      }
    }
    return keywords;
  }

  /** Whether the frame takes words as names only. */
  private static boolean isName(SyntaxErrorFinder.Frame frame) {
    return switch (frame.rule()) {
      case MillraceParser.RULE_freeWord,
          MillraceParser.RULE_clauseWord,
          MillraceParser.RULE_reservedWord,
          MillraceParser.RULE_identifier,
          MillraceParser.RULE_aliasName ->
          true;
      default -> false;
    };
  }

  /** What could stand at token {@code index}: "X, Y or Z". Empty if nothing is known. */
  String describe(int index) {
    Set<String> named = new LinkedHashSet<>();
    Set<String> words = new LinkedHashSet<>();
    Set<String> minor = new LinkedHashSet<>();
    Set<Group> groups = EnumSet.noneOf(Group.class);
    int clause = CLAUSES.size();
    for (SyntaxErrorFinder.Expected e : expected) {
      Optional<String> name = nameOf(e.frame(), index);
      int rule = outermostBeginning(e.frame(), index);
      if (name.isPresent()) {
        named.add(name.get());
      } else if (isMinor(e, rule)) {
        minor.add(Words.display(e.type()));
      } else if (SOURCE_TAILS.contains(rule) || isSourceTail(e)) {
        groups.add(Group.SOURCE_TAIL);
      } else if (OPERATORS.contains(rule) || isOperator(e)) {
        groups.add(Group.OPERATOR);
      } else if (CLAUSES.contains(e.type())) {
        groups.add(Group.CLAUSE);
        clause = Math.min(clause, CLAUSES.indexOf(e.type()));
      } else if (e.type() == Token.EOF) {
        groups.add(Group.END);
      } else {
        words.add(Words.display(e.type()));
      }
    }
    if (groups.contains(Group.OPERATOR)) {
      named.remove(UNIT);
    }
    List<String> all = new ArrayList<>(named);
    all.addAll(words);
    for (Group group : groups) {
      if (all.size() < MOST_NAMED - 1) {
        all.add(
            group == Group.CLAUSE ? group.text + Words.display(CLAUSES.get(clause)) : group.text);
      }
    }
    return join(all.isEmpty() ? List.copyOf(minor) : all);
  }

  /** What a name may always turn out to begin, and what nobody expects among arguments. */
  private static boolean isMinor(SyntaxErrorFinder.Expected e, int rule) {
    int inner = e.frame().rule();
    return switch (e.type()) {
      case MillraceLexer.OPEN_PARENTHESIS ->
          inner == MillraceParser.RULE_call
              || inner == MillraceParser.RULE_nameList
              || inner == MillraceParser.RULE_dataType
              || inner == MillraceParser.RULE_patternAtom;
      case MillraceLexer.FAT_ARROW -> inner == MillraceParser.RULE_lambda;
      case MillraceLexer.DOT -> inner != MillraceParser.RULE_value;
      case MillraceLexer.ORDER -> rule == MillraceParser.RULE_orderBy;
      default -> false;
    };
  }

  private static boolean isSourceTail(SyntaxErrorFinder.Expected e) {
    return e.frame().rule() == MillraceParser.RULE_source
        && (e.type() == MillraceLexer.FOR
            || e.type() == MillraceLexer.LATE
            || e.type() == MillraceLexer.UNIDIRECTIONAL);
  }

  private static boolean isOperator(SyntaxErrorFinder.Expected e) {
    int inner = e.frame().rule();
    boolean isExpression =
        inner == MillraceParser.RULE_value || inner == MillraceParser.RULE_expression;
    return isExpression && OPERATOR_SIGNS.contains(e.type());
  }

  private static String join(List<String> words) {
    if (words.size() > MOST_NAMED) {
      return "one of " + String.join(", ", words.subList(0, MOST_NAMED)) + ", …";
    }
    if (words.size() < 2) {
      return String.join("", words);
    }
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** The name of the outermost part that begins at {@code index} and has one. */
  private static Optional<String> nameOf(SyntaxErrorFinder.Frame frame, int index) {
    String name = null;
    for (SyntaxErrorFinder.Frame f = frame; f != null && f.start() == index; f = f.caller()) {
      name = NAMES.getOrDefault(f.rule(), name);
    }
    return Optional.ofNullable(name);
  }

  private static int outermostBeginning(SyntaxErrorFinder.Frame frame, int index) {
    int rule = -1;
    for (SyntaxErrorFinder.Frame f = frame; f != null && f.start() == index; f = f.caller()) {
      rule = f.rule();
    }
    return rule;
  }
}
