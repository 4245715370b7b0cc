package io.millrace.language.parser;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/**
 * Says in few words what could stand at a place: parts of the language by their names where one
 * begins, else words and signs; what can go on everywhere (operators, clauses, joins) only as a
 * group, and only if there is little else.
 */
final class Expectations {
  private static final int MOST_NAMED = 5;

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
          Map.entry(MillraceParser.RULE_durationUnit, "a unit of time"),
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
          MillraceParser.RULE_comparisonOperator,
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

  private static final Set<Integer> CLAUSES =
      Set.of(
          MillraceLexer.WHERE,
          MillraceLexer.GROUP,
          MillraceLexer.HAVING,
          MillraceLexer.QUALIFY,
          MillraceLexer.PARTITION,
          MillraceLexer.ORDER,
          MillraceLexer.LIMIT,
          MillraceLexer.EMIT,
          MillraceLexer.UNION);

  private final List<SyntaxErrorFinder.Expected> expected;

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

  boolean hasName() {
    return has(MillraceLexer.IDENTIFIER);
  }

  /** The keywords that could stand there. */
  Set<String> keywords() {
    Set<String> keywords = new HashSet<>();
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
    String clause = "";
    boolean operator = false;
    boolean sourceTail = false;
    boolean end = false;
    for (SyntaxErrorFinder.Expected e : expected) {
      Optional<String> name = nameOf(e.frame(), index);
      int rule = outermostBeginning(e.frame(), index);
      if (SOURCE_TAILS.contains(rule) || e.frame().rule() == MillraceParser.RULE_source) {
        sourceTail = sourceTail || name.isEmpty();
        name.ifPresent(named::add);
      } else if (name.isPresent()) {
        named.add(name.get());
      } else if (OPERATORS.contains(rule) || isOperator(e.frame())) {
        operator = true;
      } else if (CLAUSES.contains(e.type())) {
        clause = clause.isEmpty() ? Words.display(e.type()) : clause;
      } else if (e.type() == Token.EOF) {
        end = true;
      } else {
        words.add(Words.display(e.type()));
      }
    }
    List<String> all = new ArrayList<>(named);
    all.addAll(words);
    List<String> groups = new ArrayList<>();
    if (operator) {
      groups.add("an operator");
    }
    if (sourceTail) {
      groups.add("a WINDOW, a JOIN");
    }
    if (!clause.isEmpty()) {
      groups.add("a clause such as " + clause);
    }
    if (end) {
      groups.add("the end of the statement");
    }
    for (String group : groups) {
      if (all.size() < MOST_NAMED - 1) {
        all.add(group);
      }
    }
    return join(all);
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

  private static boolean isOperator(SyntaxErrorFinder.Frame frame) {
    return switch (frame.rule()) {
      case MillraceParser.RULE_expression,
          MillraceParser.RULE_value,
          MillraceParser.RULE_predicateTail ->
          true;
      default -> false;
    };
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
