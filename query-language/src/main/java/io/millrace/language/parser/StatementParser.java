package io.millrace.language.parser;

import io.millrace.language.ast.Statement;
import io.millrace.spi.error.Diagnostics;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
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
          "statement nests more than " + NestingLimit.DEEPEST + " levels deep",
          "use a sub-query, or a stream in between, for a part of it");
      return Optional.empty();
    }
    Optional<MillraceParser.StatementContext> tree = tryParse(tokens, PredictionMode.SLL);
    if (tree.isEmpty()) {
      tree = tryParse(tokens, PredictionMode.LL);
    }
    if (tree.isEmpty()) {
      new SyntaxErrorReporter(text, tokens, diagnostics).report();
    }
    return tree.map(builder::visit);
  }

  static Optional<MillraceParser.StatementContext> tryParse(
      List<Token> tokens, PredictionMode mode) {
    MillraceParser parser = new MillraceParser(new CommonTokenStream(new ListTokenSource(tokens)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(mode);
    try {
      return Optional.of(parser.singleStatement().statement());
    } catch (ParseCancellationException ignored) {
      // Says no more than that the text is not in the language; why is found out by another.
      return Optional.empty();
    }
  }
}
