package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.FrameBound;
import io.millrace.language.ast.FrameBoundKind;
import io.millrace.language.ast.FrameClause;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.Frame;
import io.millrace.language.plan.FrameUnit;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the frames of OVER clauses. */
final class FrameAnalyzer {
  private static final String CODE = "bad-frame";

  private final Reporter reporter;
  private final ExpressionAnalyzer expressions;
  private final @Nullable RankOrder order;

  /**
   * @param expressions of the offsets
   * @param order of the rows; null if it is that of ROWTIME
   */
  FrameAnalyzer(Reporter reporter, ExpressionAnalyzer expressions, @Nullable RankOrder order) {
    this.reporter = reporter;
    this.expressions = expressions;
    this.order = order;
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
    return Optional.of(
        new Frame(
            clause.isRows() ? FrameUnit.ROWS : FrameUnit.RANGE,
            start.getAsLong(),
            end.getAsLong()));
  }

  private OptionalLong offset(FrameBound bound, boolean isRows) {
    if (bound.kind() == FrameBoundKind.UNBOUNDED_PRECEDING) {
      return OptionalLong.of(Frame.UNBOUNDED);
    }
    if (bound.kind() == FrameBoundKind.UNBOUNDED_FOLLOWING) {
      return OptionalLong.of(Frame.UNBOUNDED_END);
    }
    if (bound.offset() == null) {
      return OptionalLong.of(0);
    }
    if (!isRows && !measuresValues()) {
      reporter.error(
          CODE,
          bound.offset().span(),
          "RANGE with an offset needs an ORDER BY of one value, an integer or a TIMESTAMP",
          "ROWS counts rows in any order");
      return OptionalLong.empty();
    }
    OptionalLong distance = distance(bound.offset(), isRows);
    long most = isRows ? Integer.MAX_VALUE : Frame.UNBOUNDED_END - 1;
    if (distance.isPresent() && distance.getAsLong() > most) {
      reporter.error(
          CODE,
          bound.offset().span(),
          "the offset of a frame is at most " + most,
          "UNBOUNDED " + bound.kind() + " has all rows");
      return OptionalLong.empty();
    }
    return bound.kind() == FrameBoundKind.PRECEDING && distance.isPresent()
        ? OptionalLong.of(-distance.getAsLong())
        : distance;
  }

  /** How far a bound is away; empty after a report. */
  private OptionalLong distance(Expression written, boolean isRows) {
    RowExpression offset = expressions.analyze(written);
    if (Reporter.isFaulty(offset)) {
      return OptionalLong.empty();
    }
    boolean isNumber = isRows || isByNumber();
    boolean isOfType =
        isNumber ? Coercion.isInteger(offset.type()) : offset.type() == DataType.INTERVAL;
    if (!isOfType
        || !(offset instanceof Constant constant)
        || !(constant.value() instanceof Long distance)
        || distance < 0) {
      reporter.error(
          CODE,
          written.span(),
          isRows
              ? "ROWS counts rows: its offset must be an integer, not negative"
              : isNumber
                  ? "RANGE over an integer is a distance: its offset must be an integer, not"
                      + " negative"
                  : "RANGE over "
                      + (order == null ? "ROWTIME" : "a TIMESTAMP")
                      + " is a span of time: its offset must be a duration such as 10 SECONDS");
      return OptionalLong.empty();
    }
    return OptionalLong.of(distance);
  }

  /** Whether values of the order have distances. */
  private boolean measuresValues() {
    return order == null
        || (order.items().size() == 1
            && (isByNumber() || order.items().get(0).expression().type() == DataType.TIMESTAMP));
  }

  private boolean isByNumber() {
    return order != null
        && order.items().size() == 1
        && Coercion.isInteger(order.items().get(0).expression().type());
  }

  private Optional<Frame> refused(Span span, String message) {
    reporter.error(CODE, span, message, "as in ROWS BETWEEN 2 PRECEDING AND CURRENT ROW");
    return Optional.empty();
  }
}
