package io.millrace.language.parser;

import io.millrace.language.ast.Identifier;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/**
 * The builders of the parts of the syntax tree, which call each other through this, and what they
 * share: places and names. What the grammar cannot say (a number that is too large, a kind of
 * window that there is not) they report; they return some node all the same.
 */
final class AstBuilder {
  private final ExpandedText text;
  private final Diagnostics diagnostics;
  private final LiteralBuilder literals = new LiteralBuilder(this);
  private final TypeBuilder types = new TypeBuilder(this);
  private final ExpressionBuilder expressions = new ExpressionBuilder(this);
  private final CallBuilder calls = new CallBuilder(this);
  private final WindowBuilder windows = new WindowBuilder(this);
  private final PatternBuilder patterns = new PatternBuilder(this);
  private final RowPatternBuilder rowPatterns = new RowPatternBuilder(this);
  private final RelationBuilder relations = new RelationBuilder(this);
  private final EmitBuilder emits = new EmitBuilder(this);
  private final QueryBuilder queries = new QueryBuilder(this);
  private final ColumnListBuilder columnLists = new ColumnListBuilder(this);
  private final StatementBuilder statements = new StatementBuilder(this);

  AstBuilder(ExpandedText text, Diagnostics diagnostics) {
    this.text = text;
    this.diagnostics = diagnostics;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  LiteralBuilder literals() {
    return literals;
  }

  TypeBuilder types() {
    return types;
  }

  ExpressionBuilder expressions() {
    return expressions;
  }

  CallBuilder calls() {
    return calls;
  }

  WindowBuilder windows() {
    return windows;
  }

  PatternBuilder patterns() {
    return patterns;
  }

  RowPatternBuilder rowPatterns() {
    return rowPatterns;
  }

  RelationBuilder relations() {
    return relations;
  }

  EmitBuilder emits() {
    return emits;
  }

  QueryBuilder queries() {
    return queries;
  }

  ColumnListBuilder columnLists() {
    return columnLists;
  }

  StatementBuilder statements() {
    return statements;
  }

  Span span(ParserRuleContext context) {
    return span(context.getStart(), context.getStop());
  }

  Span span(Token token) {
    return span(token, token);
  }

  Span span(Token first, Token last) {
    return text.span(first.getStartIndex(), last.getStopIndex() + 1);
  }

  Identifier identifier(MillraceParser.IdentifierContext context) {
    return identifier(context.getStart());
  }

  Identifier identifier(Token token) {
    String name = token.getText();
    if (token.getType() == MillraceLexer.QUOTED_IDENTIFIER) {
      return new Identifier(
          name.substring(1, name.length() - 1).replace("``", "`"), true, span(token));
    }
    return new Identifier(name, false, span(token));
  }

  /** The names between parentheses. */
  List<Identifier> identifiers(MillraceParser.NameListContext context) {
    return map(context.identifier(), this::identifier);
  }

  /** Builds all; in a loop, because a stream costs ten frames of stack for each level. */
  static <C, T> List<T> map(List<C> contexts, Function<? super C, ? extends T> build) {
    List<T> built = new ArrayList<>(contexts.size());
    for (C context : contexts) {
      built.add(build.apply(context));
    }
    return built;
  }
}
