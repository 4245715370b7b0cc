package io.millrace.language.parser;

import io.millrace.language.ast.AfterMatch;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.PatternAbsence;
import io.millrace.language.ast.PatternElement;
import io.millrace.language.ast.PatternEvery;
import io.millrace.language.ast.PatternExpression;
import io.millrace.language.ast.PatternLogical;
import io.millrace.language.ast.PatternRepeat;
import io.millrace.language.ast.PatternSequence;
import io.millrace.language.ast.PatternStep;
import io.millrace.language.ast.PatternWithin;
import io.millrace.language.ast.Quantifier;
import io.millrace.language.ast.SkipMode;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Builds temporal patterns, and what they share with MATCH_RECOGNIZE. */
final class PatternBuilder extends MillraceParserBaseVisitor<PatternExpression> {
  private final AstBuilder ast;

  PatternBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  @Override
  public PatternExpression visitBoundedPattern(MillraceParser.BoundedPatternContext ctx) {
    PatternExpression pattern = visitPatternSequence(ctx.patternSequence());
    return ctx.durationValue() == null
        ? pattern
        : new PatternWithin(
            pattern, ast.literals().visitDurationValue(ctx.durationValue()), ast.span(ctx));
  }

  @Override
  public PatternExpression visitPatternSequence(MillraceParser.PatternSequenceContext ctx) {
    List<MillraceParser.PatternOrContext> parts = ctx.patternOr();
    PatternExpression first = visitPatternOr(parts.get(0));
    List<PatternStep> steps = new ArrayList<>();
    for (int i = 1; i < parts.size(); i++) {
      TerminalNode separator = (TerminalNode) ctx.getChild(2 * i - 1);
      boolean isStrict = separator.getSymbol().getType() == MillraceLexer.COMMA;
      MillraceParser.PatternOrContext part = parts.get(i);
      steps.add(new PatternStep(isStrict, visitPatternOr(part), ast.span(part)));
    }
    return steps.isEmpty() ? first : new PatternSequence(first, steps, ast.span(ctx));
  }

  @Override
  public PatternExpression visitPatternOr(MillraceParser.PatternOrContext ctx) {
    List<PatternExpression> operands = AstBuilder.map(ctx.patternAnd(), this::visitPatternAnd);
    return operands.size() == 1
        ? operands.get(0)
        : new PatternLogical(false, operands, ast.span(ctx));
  }

  @Override
  public PatternExpression visitPatternAnd(MillraceParser.PatternAndContext ctx) {
    List<PatternExpression> operands = AstBuilder.map(ctx.patternUnit(), this::visitPatternUnit);
    return operands.size() == 1
        ? operands.get(0)
        : new PatternLogical(true, operands, ast.span(ctx));
  }

  @Override
  public PatternExpression visitPatternUnit(MillraceParser.PatternUnitContext ctx) {
    PatternExpression operand = ctx.patternFactor().accept(this);
    return ctx.EVERY() == null ? operand : new PatternEvery(operand, ast.span(ctx));
  }

  @Override
  public PatternExpression visitPatternAbsence(MillraceParser.PatternAbsenceContext ctx) {
    return new PatternAbsence(
        ctx.patternAtom().accept(this),
        ctx.durationValue() == null ? null : ast.literals().visitDurationValue(ctx.durationValue()),
        ast.span(ctx));
  }

  @Override
  public PatternExpression visitPatternRepeat(MillraceParser.PatternRepeatContext ctx) {
    PatternExpression operand = ctx.patternAtom().accept(this);
    return ctx.quantifier() == null
        ? operand
        : new PatternRepeat(operand, quantifier(ctx.quantifier()), ast.span(ctx));
  }

  @Override
  public PatternExpression visitPatternElement(MillraceParser.PatternElementContext ctx) {
    boolean isNamed = ctx.EQUAL() != null;
    Identifier name = isNamed ? ast.identifier(ctx.identifier(0)) : null;
    Identifier stream = ast.identifier(ctx.identifier(isNamed ? 1 : 0));
    return new PatternElement(
        name, stream, ast.expressions().visitOptional(ctx.expression()), ast.span(ctx));
  }

  @Override
  public PatternExpression visitParenthesizedPattern(
      MillraceParser.ParenthesizedPatternContext ctx) {
    return visitBoundedPattern(ctx.boundedPattern());
  }

  Quantifier quantifier(MillraceParser.QuantifierContext ctx) {
    boolean isReluctant = ctx.reluctant != null;
    if (ctx.repeatRange() != null) {
      return range(ctx.repeatRange(), isReluctant, ctx);
    }
    int min = ctx.PLUS() != null ? 1 : 0;
    boolean isUnlimited = ctx.PLUS() != null || ctx.STAR() != null;
    return new Quantifier(min, isUnlimited ? null : Integer.valueOf(1), isReluctant, ast.span(ctx));
  }

  private Quantifier range(
      MillraceParser.RepeatRangeContext range,
      boolean isReluctant,
      MillraceParser.QuantifierContext ctx) {
    if (range.exact != null) {
      int count = ast.literals().intValue(range.exact);
      return new Quantifier(count, count, isReluctant, ast.span(ctx));
    }
    int min = range.min == null ? 0 : ast.literals().intValue(range.min);
    Integer max = range.max == null ? null : Integer.valueOf(ast.literals().intValue(range.max));
    if (max != null && max < min) {
      ast.diagnostics()
          .report(
              "invalid-quantifier",
              ast.span(range),
              "the least number of repetitions is greater than the greatest",
              "write {" + max + "," + min + "}");
    }
    return new Quantifier(min, max, isReluctant, ast.span(ctx));
  }

  /** AFTER MATCH, or null if there is none. */
  @Nullable AfterMatch afterMatch(MillraceParser.@Nullable AfterMatchContext ctx) {
    if (ctx == null) {
      return null;
    }
    MillraceParser.SkipTargetContext target = ctx.skipTarget();
    if (target instanceof MillraceParser.SkipToFirstContext first) {
      return new AfterMatch(SkipMode.TO_FIRST, ast.identifier(first.identifier()), ast.span(ctx));
    }
    if (target instanceof MillraceParser.SkipToLastContext last) {
      return new AfterMatch(SkipMode.TO_LAST, ast.identifier(last.identifier()), ast.span(ctx));
    }
    SkipMode mode =
        target instanceof MillraceParser.SkipToNextRowContext
            ? SkipMode.TO_NEXT_ROW
            : SkipMode.PAST_LAST_ROW;
    return new AfterMatch(mode, null, ast.span(ctx));
  }
}
