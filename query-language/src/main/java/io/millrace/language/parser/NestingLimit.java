package io.millrace.language.parser;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/**
 * Bounds how deep a statement nests before it is parsed, so that neither parser nor analysis runs
 * out of stack. What counts is the depth of the syntax tree: open brackets, and operators that
 * build one on another. AND, OR and || make flat nodes and may be as many as one likes.
 */
final class NestingLimit {
  static final int MOST_OPERATORS = 500;
  static final int MOST_BRACKETS = 250;
  private static final int BRACKET = MOST_OPERATORS / MOST_BRACKETS;

  /** Operators that take what stands before or behind them as an operand. */
  private static final Set<Integer> OPERATORS =
      Set.of(
          MillraceLexer.NOT,
          MillraceLexer.PLUS,
          MillraceLexer.MINUS,
          MillraceLexer.STAR,
          MillraceLexer.SLASH,
          MillraceLexer.PERCENT,
          MillraceLexer.DOT,
          MillraceLexer.AT,
          MillraceLexer.FAT_ARROW);

  private static final Set<Integer> SEPARATORS =
      Set.of(
          MillraceLexer.COMMA,
          MillraceLexer.AND,
          MillraceLexer.OR,
          MillraceLexer.CONCAT,
          MillraceLexer.EQUAL,
          MillraceLexer.NOT_EQUAL,
          MillraceLexer.LESS,
          MillraceLexer.GREATER,
          MillraceLexer.ARROW,
          MillraceLexer.WHEN,
          MillraceLexer.THEN,
          MillraceLexer.ELSE,
          MillraceLexer.FROM,
          MillraceLexer.WHERE);

  private final Deque<Level> open = new ArrayDeque<>();
  private Level level = new Level(Token.EOF);
  private int depth;

  private NestingLimit() {}

  /** What stands between two brackets. */
  private static final class Level {
    final int opening;
    int operators;
    int joins;

    Level(int opening) {
      this.opening = opening;
    }
  }

  /** The first token that is too deep. */
  static Optional<Token> findTooDeep(List<Token> tokens) {
    NestingLimit limit = new NestingLimit();
    int before = Token.EOF;
    for (Token token : tokens) {
      limit.read(token.getType(), before);
      if (limit.depth > MOST_OPERATORS) {
        return Optional.of(token);
      }
      before = token.getType();
    }
    return Optional.empty();
  }

  private void read(int type, int before) {
    switch (type) {
      case MillraceLexer.OPEN_PARENTHESIS, MillraceLexer.OPEN_BRACE, MillraceLexer.CASE ->
          enter(type);
      case MillraceLexer.OPEN_BRACKET -> {
        operator();
        enter(type);
      }
      case MillraceLexer.CLOSE_PARENTHESIS -> leave(MillraceLexer.OPEN_PARENTHESIS);
      case MillraceLexer.CLOSE_BRACE -> leave(MillraceLexer.OPEN_BRACE);
      case MillraceLexer.CLOSE_BRACKET -> leave(MillraceLexer.OPEN_BRACKET);
      case MillraceLexer.END -> leave(MillraceLexer.CASE);
      case MillraceLexer.JOIN -> {
        level.joins++;
        depth++;
      }
      default -> readOperator(type, before);
    }
  }

  private void readOperator(int type, int before) {
    if (OPERATORS.contains(type)) {
      operator();
    } else if (type == MillraceLexer.LESS && opensType(before)) {
      enter(type);
    } else if (type == MillraceLexer.GREATER && level.opening == MillraceLexer.LESS) {
      leave(MillraceLexer.LESS);
    } else if (SEPARATORS.contains(type)) {
      separate();
    }
  }

  private static boolean opensType(int before) {
    return before == MillraceLexer.ARRAY
        || before == MillraceLexer.MAP
        || before == MillraceLexer.STRUCT
        || before == MillraceLexer.ROW;
  }

  private void operator() {
    level.operators++;
    depth++;
  }

  /** What follows does not build on the operators before. */
  private void separate() {
    depth -= level.operators;
    level.operators = 0;
  }

  private void enter(int opening) {
    open.push(level);
    level = new Level(opening);
    depth += BRACKET;
  }

  /** Leaves the level, if it is one of that kind; a bracket that does not fit is the parser's. */
  private void leave(int opening) {
    if (level.opening == opening) {
      depth -= level.operators + level.joins + BRACKET;
      level = open.pop();
    }
  }
}
