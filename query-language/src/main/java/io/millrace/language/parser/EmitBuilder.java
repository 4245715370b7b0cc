package io.millrace.language.parser;

import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitInterval;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.RateLimitKind;

/** Builds EMIT. */
final class EmitBuilder extends MillraceParserBaseVisitor<EmitMode> {
  private final AstBuilder ast;

  EmitBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  EmitClause emit(MillraceParser.EmitClauseContext ctx) {
    return new EmitClause(visit(ctx.emitMode()), ctx.RETRACTIONS() != null, ast.span(ctx));
  }

  @Override
  public EmitMode visitEmitAtEnd(MillraceParser.EmitAtEndContext ctx) {
    DurationLiteral early =
        ctx.EARLY() == null ? null : ast.literals().visitDurationValue(ctx.durationValue());
    return ctx.FINAL() != null ? new EmitMode.Final(early) : new EmitMode.OnClose(early);
  }

  @Override
  public EmitMode visitEmitChanges(MillraceParser.EmitChangesContext ctx) {
    return new EmitMode.Changes(ctx.DISTINCT() != null);
  }

  @Override
  public EmitMode visitEmitOnArrival(MillraceParser.EmitOnArrivalContext ctx) {
    return new EmitMode.OnArrival();
  }

  @Override
  public EmitMode visitEmitOnExpiry(MillraceParser.EmitOnExpiryContext ctx) {
    return new EmitMode.OnExpiry();
  }

  @Override
  public EmitMode visitEmitSnapshot(MillraceParser.EmitSnapshotContext ctx) {
    return new EmitMode.Snapshot(interval(ctx.emitInterval()));
  }

  @Override
  public EmitMode visitEmitRateLimit(MillraceParser.EmitRateLimitContext ctx) {
    RateLimitKind kind = RateLimitKind.ALL;
    if (ctx.FIRST() != null) {
      kind = RateLimitKind.FIRST;
    } else if (ctx.LAST() != null) {
      kind = RateLimitKind.LAST;
    }
    return new EmitMode.RateLimit(kind, interval(ctx.emitInterval()));
  }

  private EmitInterval interval(MillraceParser.EmitIntervalContext ctx) {
    return ctx.durationValue() != null
        ? new EmitInterval.Time(
            ast.literals().visitDurationValue(ctx.durationValue()), ast.span(ctx))
        : new EmitInterval.Events(ast.literals().integer(ctx.INTEGER().getSymbol()), ast.span(ctx));
  }
}
