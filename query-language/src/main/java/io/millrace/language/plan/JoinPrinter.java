package io.millrace.language.plan;

import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.RowExpression;

/** Prints joins as one line of a plan. */
final class JoinPrinter {
  private JoinPrinter() {}

  static String print(JoinNode node) {
    StringBuilder text = new StringBuilder("Join ").append(node.kind());
    if (node.method() instanceof JoinTable) {
      text.append(node.left().isChangelog() ? " table with stream" : " stream with table");
    } else if (node.method() instanceof JoinBounds bounds) {
      text.append(print(bounds, node.left()));
    } else if (node.method() instanceof JoinWindows windows) {
      text.append(print(windows));
    }
    text.append(" on ").append(keys(node));
    RowExpression condition = node.condition();
    if (condition != null) {
      text.append(" where [").append(ExpressionPrinter.print(condition)).append(']');
    }
    return switch (node.unmatched()) {
      case WHEN_GONE -> text.toString();
      case AT_ONCE -> text.append(", unmatched at once").toString();
      case AT_ONCE_AND_RETRACTED -> text.append(", unmatched at once, retracted").toString();
    };
  }

  private static String print(JoinBounds bounds, PlanNode left) {
    String of =
        bounds.leftTime() == JoinBounds.ROWTIME
            ? ""
            : " of " + ExpressionPrinter.name(left.schema().name(bounds.leftTime()));
    String grace = bounds.graceMillis() == 0 ? "" : " grace " + duration(bounds.graceMillis());
    return bounds.isUnbounded()
        ? " unbounded" + of + grace
        : " within ("
            + duration(bounds.beforeMillis())
            + ", "
            + duration(bounds.afterMillis())
            + ")"
            + of
            + grace;
  }

  private static String print(JoinWindows windows) {
    String left = print(windows.left());
    String right = print(windows.right());
    return " of "
        + left
        + " with "
        + right
        + (windows.isSorted() ? " by ROWTIME" : " as they come")
        + (windows.sendsContents() ? ", as contents" : "");
  }

  private static String print(JoinWindows.JoinContents side) {
    String held = side.isHeld() ? "window" : "events";
    return side.triggers() ? held : held + " that only are met";
  }

  private static String duration(long millis) {
    return ExpressionPrinter.duration(millis);
  }

  private static String keys(JoinNode node) {
    if (node.leftKeys().isEmpty()) {
      return "nothing, unpartitioned";
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < node.leftKeys().size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(ExpressionPrinter.print(node.leftKeys().get(i).expression()))
          .append(" = ")
          .append(ExpressionPrinter.print(node.rightKeys().get(i).expression()));
    }
    return text.append(']').toString();
  }
}
