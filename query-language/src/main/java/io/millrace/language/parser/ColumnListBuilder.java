package io.millrace.language.parser;

import io.millrace.language.ast.ColumnDefinition;
import io.millrace.language.ast.ColumnKey;
import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.TimeClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the items of column lists. */
final class ColumnListBuilder extends MillraceParserBaseVisitor<TimeClause> {
  private final AstBuilder ast;

  ColumnListBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  /** The columns; none if there is no list. */
  List<ColumnDefinition> columns(MillraceParser.@Nullable ColumnListContext ctx) {
    List<ColumnDefinition> columns = new ArrayList<>();
    if (ctx != null) {
      for (MillraceParser.ColumnListItemContext item : ctx.columnListItem()) {
        if (item.columnDefinition() != null) {
          columns.add(column(item.columnDefinition()));
        }
      }
    }
    return columns;
  }

  /** The items that are no columns; none if there is no list. */
  List<TimeClause> timeClauses(MillraceParser.@Nullable ColumnListContext ctx) {
    List<TimeClause> clauses = new ArrayList<>();
    if (ctx != null) {
      for (MillraceParser.ColumnListItemContext item : ctx.columnListItem()) {
        if (item.timeClause() != null) {
          addAll(item.timeClause(), clauses);
        }
      }
    }
    return clauses;
  }

  private void addAll(MillraceParser.TimeClauseContext ctx, List<TimeClause> clauses) {
    if (ctx.timeDeclaration() != null) {
      clauses.add(visit(ctx.timeDeclaration()));
    }
    for (MillraceParser.TimeSuffixContext suffix : ctx.timeSuffix()) {
      clauses.add(visit(suffix));
    }
  }

  private ColumnDefinition column(MillraceParser.ColumnDefinitionContext ctx) {
    ColumnKey key = ColumnKey.NONE;
    boolean isNotNull = false;
    for (MillraceParser.ColumnConstraintContext constraint : ctx.columnConstraint()) {
      if (constraint.KEY() == null) {
        isNotNull = true;
      } else if (constraint.PRIMARY() != null) {
        key = ColumnKey.PRIMARY_KEY;
      } else if (key == ColumnKey.NONE) {
        key = ColumnKey.KEY;
      }
    }
    return new ColumnDefinition(
        ast.identifier(ctx.identifier()),
        ast.types().visit(ctx.dataType()),
        key,
        isNotNull,
        ast.span(ctx));
  }

  @Override
  public TimeClause visitFixedWatermark(MillraceParser.FixedWatermarkContext ctx) {
    Identifier column = ast.identifier(ctx.identifier(0));
    Identifier base = ast.identifier(ctx.identifier(1));
    if (!base.matches(column.name())) {
      ast.diagnostics()
          .report(
              "invalid-watermark",
              base.span(),
              "the watermark for '" + column.name() + "' is taken from '" + base.name() + "'",
              "write WATERMARK FOR " + column.name() + " AS " + column.name() + " - 5 SECONDS");
    }
    return new TimeClause.FixedWatermark(column, duration(ctx.durationValue()), ast.span(ctx));
  }

  @Override
  public TimeClause visitAdaptiveWatermark(MillraceParser.AdaptiveWatermarkContext ctx) {
    return new TimeClause.AdaptiveWatermark(
        ast.identifier(ctx.identifier()),
        duration(ctx.durationValue()),
        ctx.number() == null ? null : ast.literals().visitNumber(ctx.number()),
        ast.span(ctx));
  }

  @Override
  public TimeClause visitMarkWatermark(MillraceParser.MarkWatermarkContext ctx) {
    return new TimeClause.MarkWatermark(
        ast.expressions().visit(ctx.expression()),
        ctx.identifier() == null ? null : ast.identifier(ctx.identifier()),
        ast.span(ctx));
  }

  @Override
  public TimeClause visitTimestampBy(MillraceParser.TimestampByContext ctx) {
    return new TimeClause.TimestampBy(ast.identifier(ctx.identifier()), ast.span(ctx));
  }

  @Override
  public TimeClause visitSequenceOrder(MillraceParser.SequenceOrderContext ctx) {
    MillraceParser.SequenceSkipContext skip = ctx.sequenceSkip();
    return new TimeClause.SequenceOrder(
        ast.identifier(ctx.identifier()),
        duration(ctx.durationValue()),
        skip == null ? null : ast.identifier(skip.identifier()),
        skip == null ? null : ast.expressions().visit(skip.expression()),
        ast.span(ctx));
  }

  @Override
  public TimeClause visitIdleTimeout(MillraceParser.IdleTimeoutContext ctx) {
    return new TimeClause.IdleTimeout(
        ast.literals().visitDurationValue(ctx.durationValue()), ast.span(ctx));
  }

  @Override
  public TimeClause visitLateInto(MillraceParser.LateIntoContext ctx) {
    return new TimeClause.Late(ast.identifier(ctx.identifier()), ast.span(ctx));
  }

  @Override
  public TimeClause visitLateDrop(MillraceParser.LateDropContext ctx) {
    return new TimeClause.Late(null, ast.span(ctx));
  }

  private @Nullable DurationLiteral duration(MillraceParser.@Nullable DurationValueContext ctx) {
    return ctx == null ? null : ast.literals().visitDurationValue(ctx);
  }
}
