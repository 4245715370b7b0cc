package io.millrace.language.parser;

import io.millrace.language.ast.CommonTable;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.FieldExpression;
import io.millrace.language.ast.GroupingElement;
import io.millrace.language.ast.GroupingKind;
import io.millrace.language.ast.GroupingSet;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.OrderClause;
import io.millrace.language.ast.PartitionClause;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.ast.SortItem;
import io.millrace.language.ast.SubqueryRelation;
import io.millrace.language.ast.UnionRelation;
import io.millrace.spi.error.Span;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Builds queries. */
final class QueryBuilder {
  private final AstBuilder ast;

  QueryBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  Query query(MillraceParser.QueryContext ctx) {
    return ctx.selectQuery() != null ? select(ctx.selectQuery()) : union(ctx.unionQuery());
  }

  Query select(MillraceParser.SelectQueryContext ctx) {
    List<CommonTable> commonTables =
        ctx.withClause() == null
            ? List.of()
            : AstBuilder.map(ctx.withClause().commonTable(), this::commonTable);
    return new Query(
        commonTables,
        select(ctx.select()),
        partition(ctx.partitionClause()),
        order(ctx.orderClause()),
        ctx.emitClause() == null ? null : ast.emits().emit(ctx.emitClause()),
        ast.span(ctx));
  }

  /** Whole queries in parentheses, which are united like sources. */
  private Query union(MillraceParser.UnionQueryContext ctx) {
    List<MillraceParser.ParenthesizedQueryContext> parts = ctx.parenthesizedQuery();
    Span span = ast.span(ctx);
    if (ctx.getChildCount() == 1) {
      return query(parts.get(0).query());
    }
    Span unitedSpan = ast.span(ctx.getStart(), parts.get(parts.size() - 1).getStop());
    List<Relation> inputs =
        AstBuilder.map(parts, part -> new SubqueryRelation(query(part.query()), ast.span(part)));
    Relation united = inputs.size() == 1 ? inputs.get(0) : new UnionRelation(inputs, unitedSpan);
    Select select =
        new Select(
            false,
            List.of(new SelectItem.Star(null, unitedSpan)),
            united,
            null,
            List.of(),
            null,
            null,
            unitedSpan);
    return new Query(
        List.of(),
        select,
        partition(ctx.partitionClause()),
        order(ctx.orderClause()),
        ctx.emitClause() == null ? null : ast.emits().emit(ctx.emitClause()),
        span);
  }

  private CommonTable commonTable(MillraceParser.CommonTableContext ctx) {
    return new CommonTable(
        ast.identifier(ctx.identifier()),
        ctx.nameList() == null ? List.of() : ast.identifiers(ctx.nameList()),
        query(ctx.query()),
        ast.span(ctx));
  }

  private Select select(MillraceParser.SelectContext ctx) {
    ExpressionBuilder expressions = ast.expressions();
    return new Select(
        ctx.DISTINCT() != null,
        AstBuilder.map(ctx.selectItem(), this::item),
        ctx.relation() == null ? null : ast.relations().visit(ctx.relation()),
        expressions.visitOptional(ctx.where),
        AstBuilder.map(ctx.groupingElement(), this::groupingElement),
        expressions.visitOptional(ctx.having),
        expressions.visitOptional(ctx.qualify),
        ast.span(ctx));
  }

  private SelectItem item(MillraceParser.SelectItemContext ctx) {
    Span span = ast.span(ctx);
    if (ctx instanceof MillraceParser.SelectColumnContext column) {
      Identifier alias = column.AS() == null ? null : ast.identifier(column.identifier());
      return new SelectItem.Column(ast.expressions().visit(column.expression()), alias, span);
    }
    if (ctx instanceof MillraceParser.SelectAllOfContext all) {
      return new SelectItem.Star(qualifier(all.identifier()), span);
    }
    return new SelectItem.Star(null, span);
  }

  private Expression qualifier(List<MillraceParser.IdentifierContext> names) {
    Identifier first = ast.identifier(names.get(0));
    Expression qualifier = new NameExpression(first, first.span());
    for (MillraceParser.IdentifierContext name : names.subList(1, names.size())) {
      Identifier field = ast.identifier(name);
      qualifier = new FieldExpression(qualifier, field, first.span().to(field.span()));
    }
    return qualifier;
  }

  private GroupingElement groupingElement(MillraceParser.GroupingElementContext ctx) {
    Span span = ast.span(ctx);
    if (ctx instanceof MillraceParser.GroupingSetsElementContext sets) {
      return new GroupingElement(GroupingKind.GROUPING_SETS, sets(sets.groupingSets()), span);
    }
    if (ctx instanceof MillraceParser.RollupContext rollup) {
      return new GroupingElement(GroupingKind.ROLLUP, sets(rollup.groupingSets()), span);
    }
    if (ctx instanceof MillraceParser.CubeContext cube) {
      return new GroupingElement(GroupingKind.CUBE, sets(cube.groupingSets()), span);
    }
    MillraceParser.ExpressionContext expression =
        ((MillraceParser.GroupingExpressionContext) ctx).expression();
    GroupingSet set = new GroupingSet(List.of(ast.expressions().visit(expression)), span);
    return new GroupingElement(GroupingKind.EXPRESSION, List.of(set), span);
  }

  private List<GroupingSet> sets(MillraceParser.GroupingSetsContext ctx) {
    return AstBuilder.map(
        ctx.groupingSet(),
        set -> new GroupingSet(ast.expressions().visitAll(set.expression()), ast.span(set)));
  }

  private @Nullable PartitionClause partition(MillraceParser.@Nullable PartitionClauseContext ctx) {
    if (ctx == null) {
      return null;
    }
    return new PartitionClause(
        ctx.ROUND_ROBIN() != null, ast.expressions().visitAll(ctx.expression()), ast.span(ctx));
  }

  private @Nullable OrderClause order(MillraceParser.@Nullable OrderClauseContext ctx) {
    if (ctx == null) {
      return null;
    }
    List<SortItem> items = AstBuilder.map(ctx.sortItem(), ast.expressions()::sortItem);
    MillraceParser.LimitClauseContext limit = ctx.limitClause();
    Token offset = limit == null ? null : limit.offset;
    return new OrderClause(
        items,
        limit == null ? null : ast.literals().integer(limit.limit),
        offset == null ? null : ast.literals().integer(offset),
        ast.span(ctx));
  }
}
