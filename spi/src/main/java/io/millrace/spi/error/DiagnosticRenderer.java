package io.millrace.spi.error;

import java.util.List;

/**
 * Draws diagnostics with the line that they speak of and a caret below it. The one place that does
 * so.
 *
 * <pre>
 * error[unknown-column]: unknown column 'pricee'
 *  --> alerts.sql:3:8
 *   |
 * 3 | SELECT pricee FROM Trades;
 *   |        ^^^^^^
 *   = help: did you mean 'price'?
 * </pre>
 */
public final class DiagnosticRenderer {
  private static final int WIDEST_LINE = 160;
  private static final String RED = "\u001B[1;31m";
  private static final String BLUE = "\u001B[1;34m";
  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";

  private final boolean colours;

  public DiagnosticRenderer(boolean colours) {
    this.colours = colours;
  }

  /**
   * All diagnostics, one below the other, with a last line that counts them when there are several.
   */
  public String render(SourceText source, List<Diagnostic> diagnostics) {
    return render(source, diagnostics, Integer.MAX_VALUE);
  }

  /**
   * The first diagnostics, one below the other, with a last line that counts them when there are
   * several.
   *
   * @param most how many are drawn
   */
  public String render(SourceText source, List<Diagnostic> diagnostics, int most) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics.subList(0, Math.min(most, diagnostics.size()))) {
      render(source, diagnostic, out);
      out.append('\n');
    }
    if (diagnostics.size() > 1) {
      out.append(diagnostics.size()).append(" errors in ").append(source.name());
      out.append(diagnostics.size() > most ? ", these are the first " + most : "").append('\n');
    }
    return out.toString();
  }

  private void render(SourceText source, Diagnostic diagnostic, StringBuilder out) {
    Span span = diagnostic.span();
    out.append(paint(RED, "error[" + diagnostic.code() + "]"))
        .append(paint(BOLD, ": " + diagnostic.message()))
        .append('\n');
    if (span.isKnown()) {
      String number = Integer.toString(span.line());
      String margin = " ".repeat(number.length());
      out.append(margin)
          .append(paint(BLUE, "--> "))
          .append(source.name())
          .append(':')
          .append(span.line())
          .append(':')
          .append(span.column())
          .append('\n');
      out.append(margin).append(paint(BLUE, " |")).append('\n');
      appendLine(source.line(span.line()), span, number, margin, out);
    }
    diagnostic
        .findHint()
        .ifPresent(
            hint -> out.append(paint(BLUE, "  = ")).append("help: ").append(hint).append('\n'));
  }

  /** A very long line is cut to a part around the error. */
  private void appendLine(String line, Span span, String number, String margin, StringBuilder out) {
    int column = span.column() - 1;
    int from = column > WIDEST_LINE - 40 ? column - 40 : 0;
    int to = Math.min(line.length(), from + WIDEST_LINE);
    String shown = from <= to ? line.substring(from, to) : "";
    String before = shown.substring(0, Math.min(shown.length(), Math.max(0, column - from)));
    int length = Math.max(1, Math.min(span.end() - span.start(), shown.length() - before.length()));
    out.append(paint(BLUE, number + " | ")).append(shown).append('\n');
    out.append(margin)
        .append(paint(BLUE, " | "))
        .append(before.replaceAll("[^\t]", " "))
        .append(paint(RED, "^".repeat(length)))
        .append('\n');
  }

  private String paint(String colour, String text) {
    return colours ? colour + text + PLAIN : text;
  }
}
