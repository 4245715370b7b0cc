package io.millrace.language.parser;

import io.millrace.spi.error.Diagnostic;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Reports the first syntax error of a statement that has one. */
final class SyntaxErrorReporter {
  private final ExpandedText text;
  private final List<Token> tokens;
  private final Diagnostics diagnostics;

  SyntaxErrorReporter(ExpandedText text, List<Token> tokens, Diagnostics diagnostics) {
    this.text = text;
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  /**
   * Reports the error.
   *
   * @param rejected the index of the token that the parser did not take, which may be behind the
   *     first wrong one
   */
  void report(int rejected) {
    Optional<Diagnostic> exact = new SyntaxErrorFinder(tokens).find().map(this::diagnose);
    diagnostics.report(exact.orElseGet(() -> unexpected(rejected)));
  }

  private Diagnostic unexpected(int rejected) {
    Token token = tokens.get(Math.min(Math.max(rejected, 0), tokens.size() - 1));
    String place = rejected < tokens.size() ? "unexpected " : "unexpected end behind ";
    return Diagnostic.of("syntax", span(token), place + Words.found(token));
  }

  private Diagnostic diagnose(SyntaxErrorFinder.SyntaxError error) {
    int index = error.index();
    Expectations expectations = new Expectations(error.expected());
    Optional<ForeignSyntax.Correction> foreign =
        new ForeignSyntax(tokens, index, expectations, new Expectations(error.expectedBefore()))
            .find();
    if (foreign.isPresent() && foreign.get().index() < index) {
      Token token = tokens.get(foreign.get().index());
      return Diagnostic.of("syntax", span(token), "unexpected " + Words.found(token))
          .withHint(foreign.get().hint());
    }
    Diagnostic diagnostic = diagnose(error, expectations);
    return foreign.map(it -> diagnostic.withHint(it.hint())).orElse(diagnostic);
  }

  private Diagnostic diagnose(SyntaxErrorFinder.SyntaxError error, Expectations expectations) {
    int index = error.index();
    String expected = expectations.describe(index);
    if (index >= tokens.size()) {
      Optional<Token> opening = innermostOpen(tokens.size());
      if (opening.isPresent()) {
        Token bracket = opening.get();
        return Diagnostic.of(
                "unclosed-bracket", span(bracket), Words.found(bracket) + " is not closed")
            .withHint("the statement ends where " + expected + " is expected");
      }
      Token last = tokens.get(tokens.size() - 1);
      Span behind = text.span(last.getStopIndex() + 1, last.getStopIndex() + 1);
      String message = "expected " + expected + ", found the end of the statement";
      return withHint(Diagnostic.of("syntax", behind, message), error, expectations);
    }
    Token found = tokens.get(index);
    if (isClosing(found) && innermostOpen(index).isEmpty()) {
      return Diagnostic.of("unopened-bracket", span(found), Words.found(found) + " closes nothing")
          .withHint("remove it, or add the bracket that it closes");
    }
    String message = "expected " + expected + ", found " + Words.found(found);
    return withHint(Diagnostic.of("syntax", span(found), message), error, expectations);
  }

  private Diagnostic withHint(
      Diagnostic diagnostic, SyntaxErrorFinder.SyntaxError error, Expectations expectations) {
    SyntaxHints hints =
        new SyntaxHints(
            tokens, error.index(), expectations, new Expectations(error.expectedBefore()));
    Optional<String> hint = hints.find();
    if (hint.isEmpty() && expectations.has(MillraceLexer.CLOSE_PARENTHESIS)) {
      hint = unclosedHint(error.index());
    }
    return hint.map(diagnostic::withHint).orElse(diagnostic);
  }

  private Optional<String> unclosedHint(int index) {
    if (index >= tokens.size() || !Words.isReserved(tokens.get(index).getType())) {
      return Optional.empty();
    }
    return innermostOpen(index)
        .map(this::span)
        .map(at -> "the '(' at " + at.line() + ":" + at.column() + " is not closed");
  }

  private Span span(Token token) {
    return text.span(token.getStartIndex(), token.getStopIndex() + 1);
  }

  private static boolean isClosing(Token token) {
    return switch (token.getType()) {
      case MillraceLexer.CLOSE_PARENTHESIS,
          MillraceLexer.CLOSE_BRACKET,
          MillraceLexer.CLOSE_BRACE ->
          true;
      default -> false;
    };
  }

  /** The innermost bracket that is open before token {@code index}. */
  private Optional<Token> innermostOpen(int index) {
    Deque<Token> open = new ArrayDeque<>();
    for (Token token : tokens.subList(0, index)) {
      switch (token.getType()) {
        case MillraceLexer.OPEN_PARENTHESIS, MillraceLexer.OPEN_BRACKET, MillraceLexer.OPEN_BRACE ->
            open.push(token);
        case MillraceLexer.CLOSE_PARENTHESIS,
            MillraceLexer.CLOSE_BRACKET,
            MillraceLexer.CLOSE_BRACE ->
            open.poll();
        default -> {}
      }
    }
    return Optional.ofNullable(open.peek());
  }
}
