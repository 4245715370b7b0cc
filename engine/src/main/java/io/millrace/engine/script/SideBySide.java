package io.millrace.engine.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws expected and actual rows in two columns, like rows beside each other (longest common
 * subsequence), with a mark where they differ: {@code -} did not come, {@code +} was not expected.
 */
final class SideBySide {
  private static final int WIDEST = 76;
  private static final int MOST_ROWS = 1_000;
  private final List<ExpectedRow> expected;
  private final List<ActualRow> actual;
  private final List<String[]> lines = new ArrayList<>();
  private boolean differs;

  private SideBySide(List<ExpectedRow> expected, List<ActualRow> actual) {
    this.expected = expected;
    this.actual = actual;
  }

  /** The drawing; empty if the rows are the same. */
  static String differences(List<ExpectedRow> expected, List<ActualRow> actual) {
    SideBySide drawing = new SideBySide(expected, actual);
    drawing.align();
    return drawing.differs ? drawing.draw() : "";
  }

  private void align() {
    int same = 0;
    while (same < Math.min(expected.size(), actual.size()) && isSame(same, same)) {
      add(" ", expected.get(same).text(), actual.get(same).text());
      same++;
    }
    if (expected.size() > MOST_ROWS || actual.size() > MOST_ROWS) {
      alignByPlace(same);
    } else {
      alignByContent(same);
    }
  }

  private void alignByPlace(int from) {
    for (int i = from; i < Math.max(expected.size(), actual.size()); i++) {
      String left = i < expected.size() ? expected.get(i).text() : "";
      String right = i < actual.size() ? actual.get(i).text() : "";
      boolean isSame = i < expected.size() && i < actual.size() && isSame(i, i);
      add(isSame ? " " : "!", left, right);
    }
  }

  private void alignByContent(int from) {
    int[][] common = new int[expected.size() + 1][actual.size() + 1];
    for (int i = expected.size() - 1; i >= from; i--) {
      for (int j = actual.size() - 1; j >= from; j--) {
        common[i][j] =
            isSame(i, j) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = from;
    int j = from;
    while (i < expected.size() || j < actual.size()) {
      if (i < expected.size() && j < actual.size() && isSame(i, j)) {
        add(" ", expected.get(i++).text(), actual.get(j++).text());
      } else if (j == actual.size()
          || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
        add("-", expected.get(i++).text(), "");
      } else {
        add("+", "", actual.get(j++).text());
      }
    }
  }

  private boolean isSame(int i, int j) {
    return RowComparison.matches(expected.get(i), actual.get(j));
  }

  private void add(String mark, String left, String right) {
    differs |= !mark.equals(" ");
    lines.add(new String[] {mark, left, right});
  }

  private String draw() {
    int width = "expected".length();
    for (String[] line : lines) {
      width = Math.max(width, Math.min(WIDEST, line[1].length()));
    }
    StringBuilder text = new StringBuilder();
    line(text, width, " ", "expected", "actual");
    for (String[] line : lines) {
      line(text, width, line[0], line[1], line[2]);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, int width, String mark, String left, String right) {
    int padding = Math.max(0, width - left.length());
    String line = "  " + mark + " " + left + " ".repeat(padding) + " | " + right;
    text.append(line.stripTrailing()).append('\n');
  }
}
