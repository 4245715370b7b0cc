package io.millrace.language.parser;

import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.JoinBound;
import io.millrace.language.ast.JoinRelation;
import io.millrace.language.ast.JoinType;
import io.millrace.language.ast.LateClause;
import io.millrace.language.ast.PatternRelation;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.RollupRange;
import io.millrace.language.ast.SourceModifiers;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.ast.StreamReference;
import io.millrace.language.ast.SubqueryRelation;
import io.millrace.language.ast.TableAlias;
import io.millrace.language.ast.UnionRelation;
import io.millrace.language.ast.UnnestRelation;
import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds sources: what stands in FROM. */
final class RelationBuilder extends MillraceParserBaseVisitor<Relation> {
  private final AstBuilder ast;

  RelationBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  @Override
  public Relation visitRelation(MillraceParser.RelationContext ctx) {
    List<Relation> inputs = AstBuilder.map(ctx.joinedRelation(), this::visit);
    return inputs.size() == 1 ? inputs.get(0) : new UnionRelation(inputs, ast.span(ctx));
  }

  @Override
  public Relation visitJoinedRelation(MillraceParser.JoinedRelationContext ctx) {
    Relation left = visit(ctx.source());
    for (MillraceParser.JoinContext join : ctx.join()) {
      left = join(left, join);
    }
    return left;
  }

  private JoinRelation join(Relation left, MillraceParser.JoinContext ctx) {
    return new JoinRelation(
        joinType(ctx.joinType()),
        left,
        visit(ctx.source()),
        ctx.joinBound() == null ? null : bound(ctx.joinBound()),
        ctx.GRACE() == null ? null : ast.literals().visitDurationValue(ctx.durationValue()),
        ast.expressions().visitOptional(ctx.expression()),
        left.span().to(ast.span(ctx)));
  }

  private static JoinType joinType(MillraceParser.JoinTypeContext ctx) {
    if (ctx.ASOF() != null) {
      return ctx.LEFT() != null ? JoinType.LEFT_ASOF : JoinType.ASOF;
    }
    if (ctx.LEFT() != null) {
      return JoinType.LEFT;
    }
    if (ctx.RIGHT() != null) {
      return JoinType.RIGHT;
    }
    if (ctx.FULL() != null) {
      return JoinType.FULL;
    }
    return ctx.CROSS() != null ? JoinType.CROSS : JoinType.INNER;
  }

  private JoinBound bound(MillraceParser.JoinBoundContext ctx) {
    if (ctx.UNBOUNDED() != null) {
      return new JoinBound.Unbounded(ast.span(ctx));
    }
    DurationLiteral before = ast.literals().visitDurationValue(ctx.durationValue(0));
    DurationLiteral after =
        ctx.durationValue().size() == 1
            ? before
            : ast.literals().visitDurationValue(ctx.durationValue(1));
    return new JoinBound.Interval(before, after, ast.span(ctx));
  }

  @Override
  public Relation visitSource(MillraceParser.SourceContext ctx) {
    Relation input = visit(ctx.relationPrimary());
    if (ctx.matchRecognize() != null) {
      input = ast.rowPatterns().match(input, ctx.matchRecognize());
    }
    SourceModifiers modifiers =
        new SourceModifiers(
            ast.expressions().visitOptional(ctx.value()),
            ctx.rollupRange() == null ? null : rollupRange(ctx.rollupRange()),
            ctx.windowClause() == null
                ? null
                : ast.windows().window(ctx.windowClause().windowSpecification()),
            ctx.LATE() == null ? null : late(ctx),
            alias(ctx.sourceAlias()),
            ctx.UNIDIRECTIONAL() != null);
    return modifiers.equals(SourceModifiers.NONE)
        ? input
        : new SourceRelation(input, modifiers, ast.span(ctx));
  }

  private LateClause late(MillraceParser.SourceContext ctx) {
    Identifier into = ctx.INTO() == null ? null : ast.identifier(ctx.identifier());
    Span last = into == null ? ast.span(ctx.DROP().getSymbol()) : into.span();
    return new LateClause(into, ast.span(ctx.LATE().getSymbol()).to(last));
  }

  private RollupRange rollupRange(MillraceParser.RollupRangeContext ctx) {
    return new RollupRange(
        rollupBound(ctx.rollupBound(0)),
        ctx.COMMA() == null ? null : rollupBound(ctx.rollupBound(1)),
        ctx.COMMA() == null,
        ast.expressions().visit(ctx.value()),
        ast.span(ctx));
  }

  private @Nullable Expression rollupBound(MillraceParser.RollupBoundContext ctx) {
    if (ctx.UNBOUNDED() != null) {
      return null;
    }
    if (ctx.temporalLiteral() != null) {
      return ast.literals().visitTemporalLiteral(ctx.temporalLiteral());
    }
    return ctx.STRING() != null
        ? ast.literals().string(ctx.getStart())
        : ast.literals().integer(ctx.getStart());
  }

  private @Nullable TableAlias alias(MillraceParser.@Nullable SourceAliasContext ctx) {
    if (ctx == null) {
      return null;
    }
    Identifier name =
        ctx.AS() != null
            ? ast.identifier(ctx.identifier())
            : ast.identifier(ctx.aliasName().getStart());
    List<Identifier> columns = ctx.nameList() == null ? List.of() : ast.identifiers(ctx.nameList());
    return new TableAlias(name, columns, ast.span(ctx));
  }

  @Override
  public Relation visitStreamReference(MillraceParser.StreamReferenceContext ctx) {
    return new StreamReference(ast.identifier(ctx.identifier()), ast.span(ctx));
  }

  @Override
  public Relation visitSubqueryRelation(MillraceParser.SubqueryRelationContext ctx) {
    return new SubqueryRelation(ast.queries().select(ctx.selectQuery()), ast.span(ctx));
  }

  @Override
  public Relation visitParenthesizedRelation(MillraceParser.ParenthesizedRelationContext ctx) {
    return visit(ctx.relation());
  }

  @Override
  public Relation visitUnnestRelation(MillraceParser.UnnestRelationContext ctx) {
    return new UnnestRelation(
        ast.expressions().visitAll(ctx.expression()), ctx.ORDINALITY() != null, ast.span(ctx));
  }

  @Override
  public Relation visitPatternRelation(MillraceParser.PatternRelationContext ctx) {
    return new PatternRelation(
        ast.patterns().visit(ctx.boundedPattern()),
        ast.patterns().afterMatch(ctx.afterMatch()),
        ast.span(ctx));
  }
}
