package io.millrace.engine.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Columns side by side, with headings. The last column is wrapped at words where the line would
 * become too long.
 *
 * <pre>
 * NAME    DESCRIPTION
 * json    One JSON object per record.
 * </pre>
 */
public final class TextTable {
  private static final int LEAST_WRAPPED = 30;
  private static final String GAP = "  ";
  private final int width;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param width the length of the longest line, in characters
   */
  public TextTable(int width, String... headings) {
    this.width = width;
    add(List.of(headings).stream().map(heading -> heading.toUpperCase(Locale.ROOT)).toList());
  }

  public void add(String... cells) {
    add(List.of(cells));
  }

  private void add(List<String> cells) {
    rows.add(cells);
  }

  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /** All lines, each with a line feed at its end. */
  public String text() {
    int last = rows.get(0).size() - 1;
    int[] widths = new int[last];
    for (List<String> row : rows) {
      for (int i = 0; i < last; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    int indent = 0;
    for (int columnWidth : widths) {
      indent += columnWidth + GAP.length();
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      append(row, widths, indent, out);
    }
    return out.toString();
  }

  private void append(List<String> row, int[] widths, int indent, StringBuilder out) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)))).append(GAP);
    }
    List<String> lines = wrap(row.get(widths.length), Math.max(LEAST_WRAPPED, width - indent));
    for (int i = 0; i < lines.size(); i++) {
      String start = i == 0 ? line.toString() : " ".repeat(indent);
      out.append((start + lines.get(i)).stripTrailing()).append('\n');
    }
  }

  /** The text in lines of at most {@code width} characters, or one longer word. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && length(line) + 1 + length(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static int length(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }
}
