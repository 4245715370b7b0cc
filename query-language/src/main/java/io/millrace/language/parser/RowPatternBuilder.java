package io.millrace.language.parser;

import io.millrace.language.ast.EmptyMatches;
import io.millrace.language.ast.MatchDefinition;
import io.millrace.language.ast.MatchOutput;
import io.millrace.language.ast.MatchRecognizeRelation;
import io.millrace.language.ast.Measure;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.RowAlternation;
import io.millrace.language.ast.RowAnchor;
import io.millrace.language.ast.RowConcatenation;
import io.millrace.language.ast.RowExclusion;
import io.millrace.language.ast.RowPattern;
import io.millrace.language.ast.RowPermutation;
import io.millrace.language.ast.RowRepeat;
import io.millrace.language.ast.RowSubset;
import io.millrace.language.ast.RowVariable;
import io.millrace.language.ast.VariableDefinition;
import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds MATCH_RECOGNIZE. */
final class RowPatternBuilder extends MillraceParserBaseVisitor<RowPattern> {
  private final AstBuilder ast;

  RowPatternBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  MatchRecognizeRelation match(Relation input, MillraceParser.MatchRecognizeContext ctx) {
    return new MatchRecognizeRelation(
        input,
        ast.calls().partitionKeys(ctx.partitionBy()),
        ast.calls().sortItems(ctx.orderBy()),
        output(ctx),
        definition(ctx),
        input.span().to(ast.span(ctx)));
  }

  private MatchOutput output(MillraceParser.MatchRecognizeContext ctx) {
    MillraceParser.RowsPerMatchContext rows = ctx.rowsPerMatch();
    boolean isAllRows = rows != null && rows.ALL() != null;
    EmptyMatches empty = rows == null ? EmptyMatches.UNSTATED : emptyMatches(rows.emptyMatches());
    return new MatchOutput(
        AstBuilder.map(ctx.measure(), this::measure),
        isAllRows,
        empty,
        ast.patterns().afterMatch(ctx.afterMatch()));
  }

  private static EmptyMatches emptyMatches(MillraceParser.@Nullable EmptyMatchesContext ctx) {
    if (ctx == null) {
      return EmptyMatches.UNSTATED;
    }
    if (ctx.UNMATCHED() != null) {
      return EmptyMatches.WITH_UNMATCHED_ROWS;
    }
    return ctx.SHOW() != null ? EmptyMatches.SHOW : EmptyMatches.OMIT;
  }

  private Measure measure(MillraceParser.MeasureContext ctx) {
    return new Measure(
        ast.expressions().visit(ctx.expression()), ast.identifier(ctx.identifier()), ast.span(ctx));
  }

  private MatchDefinition definition(MillraceParser.MatchRecognizeContext ctx) {
    RowPattern pattern =
        ctx.rowPattern() == null
            ? new RowConcatenation(List.of(), ast.span(ctx.PATTERN().getSymbol()))
            : visit(ctx.rowPattern());
    return new MatchDefinition(
        pattern,
        ctx.durationValue() == null ? null : ast.literals().visitDurationValue(ctx.durationValue()),
        AstBuilder.map(ctx.rowSubset(), this::subset),
        AstBuilder.map(ctx.variableDefinition(), this::variable));
  }

  private RowSubset subset(MillraceParser.RowSubsetContext ctx) {
    return new RowSubset(
        ast.identifier(ctx.identifier()), ast.identifiers(ctx.nameList()), ast.span(ctx));
  }

  private VariableDefinition variable(MillraceParser.VariableDefinitionContext ctx) {
    return new VariableDefinition(
        ast.identifier(ctx.identifier()), ast.expressions().visit(ctx.expression()), ast.span(ctx));
  }

  @Override
  public RowPattern visitRowPattern(MillraceParser.RowPatternContext ctx) {
    List<RowPattern> alternatives = AstBuilder.map(ctx.rowPatternTerm(), this::visit);
    return alternatives.size() == 1
        ? alternatives.get(0)
        : new RowAlternation(alternatives, ast.span(ctx));
  }

  @Override
  public RowPattern visitRowPatternTerm(MillraceParser.RowPatternTermContext ctx) {
    List<RowPattern> parts = AstBuilder.map(ctx.rowPatternFactor(), this::visit);
    return parts.size() == 1 ? parts.get(0) : new RowConcatenation(parts, ast.span(ctx));
  }

  @Override
  public RowPattern visitRowPatternFactor(MillraceParser.RowPatternFactorContext ctx) {
    RowPattern operand = visit(ctx.rowPatternPrimary());
    return ctx.quantifier() == null
        ? operand
        : new RowRepeat(operand, ast.patterns().quantifier(ctx.quantifier()), ast.span(ctx));
  }

  @Override
  public RowPattern visitRowVariable(MillraceParser.RowVariableContext ctx) {
    return new RowVariable(ast.identifier(ctx.identifier()), ast.span(ctx));
  }

  @Override
  public RowPattern visitParenthesizedRowPattern(
      MillraceParser.ParenthesizedRowPatternContext ctx) {
    Span span = ast.span(ctx);
    return ctx.rowPattern() == null
        ? new RowConcatenation(List.of(), span)
        : visit(ctx.rowPattern());
  }

  @Override
  public RowPattern visitRowAnchor(MillraceParser.RowAnchorContext ctx) {
    return new RowAnchor(ctx.CARET() != null, ast.span(ctx));
  }

  @Override
  public RowPattern visitRowPermutation(MillraceParser.RowPermutationContext ctx) {
    return new RowPermutation(AstBuilder.map(ctx.rowPattern(), this::visit), ast.span(ctx));
  }

  @Override
  public RowPattern visitRowExclusion(MillraceParser.RowExclusionContext ctx) {
    return new RowExclusion(visit(ctx.rowPattern()), ast.span(ctx));
  }
}
