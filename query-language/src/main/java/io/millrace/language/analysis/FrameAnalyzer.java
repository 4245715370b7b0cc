package io.millrace.language.analysis;

import io.millrace.language.ast.FrameBound;
import io.millrace.language.ast.FrameBoundKind;
import io.millrace.language.ast.FrameClause;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.Frame;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the frames of OVER clauses. */
final class FrameAnalyzer {
  private static final String CODE = "bad-frame";

  private final Reporter reporter;
  private final ExpressionAnalyzer expressions;

  /**
   * @param expressions of the offsets
   */
  FrameAnalyzer(Reporter reporter, ExpressionAnalyzer expressions) {
    this.reporter = reporter;
    this.expressions = expressions;
  }

  /** The frame; empty after a report. */
  Optional<Frame> analyze(FrameClause clause) {
    FrameBound last = clause.end();
    if (clause.start().kind() == FrameBoundKind.UNBOUNDED_FOLLOWING) {
      return refused(clause.start().span(), "a frame cannot begin UNBOUNDED FOLLOWING");
    }
    if (last != null && last.kind() == FrameBoundKind.UNBOUNDED_PRECEDING) {
      return refused(last.span(), "a frame cannot end UNBOUNDED PRECEDING");
    }
    if (last != null && last.kind() == FrameBoundKind.UNBOUNDED_FOLLOWING) {
      reporter.unsupported(UnsupportedFeature.FRAME_WITHOUT_END, last.span());
      return Optional.empty();
    }
    OptionalLong start = offset(clause.start(), clause.isRows());
    OptionalLong end = last == null ? OptionalLong.of(0) : offset(last, clause.isRows());
    if (start.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    if (start.getAsLong() > end.getAsLong()) {
      return refused(
          clause.span(),
          last == null
              ? "a frame without BETWEEN ends with the current row, and this one begins behind it"
              : "the frame begins behind its end");
    }
    return Optional.of(new Frame(clause.isRows(), start.getAsLong(), end.getAsLong()));
  }

  private OptionalLong offset(FrameBound bound, boolean isRows) {
    if (bound.kind() == FrameBoundKind.UNBOUNDED_PRECEDING) {
      return OptionalLong.of(Frame.UNBOUNDED);
    }
    if (bound.offset() == null) {
      return OptionalLong.of(0);
    }
    RowExpression offset = expressions.analyze(bound.offset());
    if (Reporter.isFaulty(offset)) {
      return OptionalLong.empty();
    }
    boolean isOfType =
        isRows ? Coercion.isInteger(offset.type()) : offset.type() == DataType.INTERVAL;
    long most = isRows ? Integer.MAX_VALUE : Long.MAX_VALUE;
    if (!isOfType
        || !(offset instanceof Constant constant)
        || !(constant.value() instanceof Long distance)
        || distance < 0
        || distance > most) {
      reporter.error(
          CODE,
          bound.offset().span(),
          isRows
              ? "ROWS counts rows: its offset must be an integer, not negative"
              : "RANGE over ROWTIME is a span of time: its offset must be a duration such as"
                  + " 10 SECONDS");
      return OptionalLong.empty();
    }
    return OptionalLong.of(bound.kind() == FrameBoundKind.PRECEDING ? -distance : distance);
  }

  private Optional<Frame> refused(Span span, String message) {
    reporter.error(CODE, span, message, "as in ROWS BETWEEN 2 PRECEDING AND CURRENT ROW");
    return Optional.empty();
  }
}
