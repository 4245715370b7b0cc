package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What is known of the events that went into the rows of joins. */
public final class JoinedEvents {
  private JoinedEvents() {}

  /**
   * Whether rows come, however they have been passed on, from a join of a method.
   *
   * @param rows those of FROM, not of a query inside it
   */
  public static boolean areJoined(PlanNode rows, Predicate<JoinMethod> method) {
    if (rows instanceof JoinNode join) {
      return method.test(join.method())
          || join.inputs().stream().anyMatch(input -> areJoined(input, method));
    }
    return passes(rows) && areJoined(rows.inputs().get(0), method);
  }

  private static boolean passes(PlanNode node) {
    return node instanceof ProjectNode
        || node instanceof FilterNode
        || node instanceof ExplodeNode
        || node instanceof LateIntoNode;
  }

  /**
   * By how much the time of a row may be greater than that of the event of which a column has the
   * time; empty if the column has no time of an event.
   *
   * @param forEver what stands for a bound that there is not
   */
  public static OptionalLong delay(PlanNode rows, int column, long forEver) {
    if (rows instanceof JoinNode join) {
      return delay(join, column, forEver);
    }
    if (rows instanceof ProjectNode project) {
      RowExpression value = project.expressions().get(column).expression();
      return value instanceof ColumnReference reference
          ? delay(project.input(), reference.index(), forEver)
          : value instanceof RowtimeReference ? OptionalLong.of(0) : OptionalLong.empty();
    }
    return passes(rows) && column < rows.inputs().get(0).schema().size()
        ? delay(rows.inputs().get(0), column, forEver)
        : OptionalLong.empty();
  }

  private static OptionalLong delay(JoinNode join, int column, long forEver) {
    int width = join.left().schema().size();
    boolean isLeft = column < width;
    PlanNode side = isLeft ? join.left() : join.right();
    OptionalLong below = delay(side, isLeft ? column : column - width, forEver);
    if (!(join.method() instanceof JoinBounds within)) {
      return side.isChangelog() ? OptionalLong.empty() : below;
    }
    boolean waits = isLeft ? join.kind().keepsLeft() : join.kind().keepsRight();
    long before = within.isUnbounded() ? forEver : within.beforeMillis();
    long after = within.isUnbounded() ? forEver : within.afterMillis();
    long bound = isLeft ? after : JoinBounds.sum(before, ofLeft(join, within, forEver));
    long grace = waits ? JoinBounds.sum(within.graceMillis(), 1) : 0;
    return below.isEmpty()
        ? below
        : OptionalLong.of(JoinBounds.sum(below.getAsLong(), bound, grace));
  }

  /** By how much the time of a left row may be greater than what its join counts from. */
  public static long ofLeft(JoinNode join, JoinBounds bounds, long forEver) {
    return bounds.leftTime() == JoinBounds.ROWTIME
        ? 0
        : delay(join.left(), bounds.leftTime(), forEver).orElse(0);
  }
}
