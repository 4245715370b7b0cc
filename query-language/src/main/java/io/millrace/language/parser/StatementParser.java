package io.millrace.language.parser;

import io.millrace.language.ast.Statement;
import io.millrace.spi.error.Diagnostics;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Parses the tokens of one statement: quickly with one look at a time (SLL), and if that fails with
 * full look-ahead (LL; Parr, Harwell and Fisher, "Adaptive LL(*) parsing", 2014). If that fails,
 * too, the first error is found and reported.
 */
final class StatementParser {
  private final ExpandedText text;
  private final Diagnostics diagnostics;
  private final StatementBuilder builder;

  StatementParser(ExpandedText text, Diagnostics diagnostics) {
    this.text = text;
    this.diagnostics = diagnostics;
    this.builder = new AstBuilder(text, diagnostics).statements();
  }

  Optional<Statement> parse(List<Token> tokens) {
    Optional<Token> tooDeep = NestingLimit.findTooDeep(tokens);
    if (tooDeep.isPresent()) {
      Token token = tooDeep.get();
      diagnostics.report(
          "nested-too-deeply",
          text.span(token.getStartIndex(), token.getStopIndex() + 1),
          "statement nests too deeply",
          "brackets may nest "
              + NestingLimit.MOST_BRACKETS
              + " deep, and "
              + NestingLimit.MOST_OPERATORS
              + " operators may build on one another; give a part of it to a stream of its own");
      return Optional.empty();
    }
    try {
      return Optional.of(builder.visit(parseTree(tokens)));
    } catch (ParseCancellationException e) {
      new SyntaxErrorReporter(text, tokens, diagnostics).report(rejected(e));
      return Optional.empty();
    }
  }

  private static MillraceParser.StatementContext parseTree(List<Token> tokens) {
    try {
      return parseTree(tokens, PredictionMode.SLL);
    } catch (ParseCancellationException ignored) {
      // Says only that one look at a time was not enough, or that the text is not in the language.
      return parseTree(tokens, PredictionMode.LL);
    }
  }

  /** Throws {@link ParseCancellationException} if the tokens are no statement. */
  static MillraceParser.StatementContext parseTree(List<Token> tokens, PredictionMode mode) {
    MillraceParser parser = new MillraceParser(new CommonTokenStream(new ListTokenSource(tokens)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(mode);
    return parser.singleStatement().statement();
  }

  /** The index of the token at which the parser gave up. */
  private static int rejected(ParseCancellationException e) {
    return e.getCause() instanceof RecognitionException cause && cause.getOffendingToken() != null
        ? cause.getOffendingToken().getTokenIndex()
        : Integer.MAX_VALUE;
  }
}
