package io.millrace.testkit.operator;

import java.util.List;
import java.util.function.BiPredicate;

/** Compares lists of rows, and shows both where they differ. */
final class RowComparison {
  private static final int ROWS_BEFORE = 3;
  private static final int ROWS_BEHIND = 8;

  private RowComparison() {}

  static void requireMet(String what, List<ExpectedRow> expected, List<OutputRow> actual) {
    require(what, "expected", expected, "actual", actual, ExpectedRow::isMetBy);
  }

  static void requireEqual(String what, List<OutputRow> first, List<OutputRow> second) {
    require(what, "first", first, "second", second, OutputRow::equals);
  }

  private static <T> void require(
      String what,
      String leftName,
      List<T> left,
      String rightName,
      List<OutputRow> right,
      BiPredicate<T, OutputRow> matches) {
    int at = 0;
    while (at < left.size() && at < right.size() && matches.test(left.get(at), right.get(at))) {
      at++;
    }
    if (at == left.size() && at == right.size()) {
      return;
    }
    StringBuilder message = new StringBuilder(what).append(" differ from row ").append(at);
    append(message, leftName, left, at);
    append(message, rightName, right, at);
    throw new AssertionError(message.toString());
  }

  private static void append(StringBuilder message, String name, List<?> rows, int at) {
    message.append("\n").append(name).append(", ").append(rows.size()).append(" rows:");
    int from = Math.max(0, at - ROWS_BEFORE);
    int to = Math.min(rows.size(), at + ROWS_BEHIND);
    for (int i = from; i < to; i++) {
      message.append("\n").append(i == at ? "> " : "  ").append(rows.get(i));
    }
    if (at >= rows.size()) {
      message.append("\n> (no more rows)");
    } else if (to < rows.size()) {
      message.append("\n  … and ").append(rows.size() - to).append(" more");
    }
  }
}
