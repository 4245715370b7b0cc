package io.millrace.connectors.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * A text in which {@code {row}} stands for the number of the row and {@code {random}} for a random
 * number from {@code min} to {@code max}. Immutable.
 */
final class TextTemplate {
  private static final long DEFAULT_GREATEST = 999;

  private final List<Part> parts;
  private final long least;
  private final long greatest;

  private TextTemplate(List<Part> parts, long least, long greatest) {
    this.parts = List.copyOf(parts);
    this.least = least;
    this.greatest = greatest;
  }

  /** A part of the text; a placeholder has no text. */
  private record Part(PartKind kind, String text) {}

  private enum PartKind {
    TEXT,
    ROW,
    RANDOM
  }

  static TextTemplate parse(FieldSettings settings) {
    String text = settings.required("template");
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = text.indexOf('}', Math.max(open, 0));
      if (open < 0 || close < 0) {
        parts.add(new Part(PartKind.TEXT, text.substring(at)));
        break;
      }
      parts.add(new Part(PartKind.TEXT, text.substring(at, open)));
      String name = text.substring(open + 1, close);
      parts.add(
          switch (name) {
            case "row" -> new Part(PartKind.ROW, "");
            case "random" -> new Part(PartKind.RANDOM, "");
            default ->
                throw settings.error("template", "may hold {row} and {random}, not {" + name + "}");
          });
      at = close + 1;
    }
    long least = settings.getLong("min", 0);
    long greatest = settings.getLong("max", Math.max(least, DEFAULT_GREATEST));
    settings.checkRange(least, greatest);
    return new TextTemplate(parts, least, greatest);
  }

  String fill(Draw draw) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part.kind()) {
        case TEXT -> text.append(part.text());
        case ROW -> text.append(draw.row());
        case RANDOM -> text.append(draw.nextLong(least, greatest));
      }
    }
    return text.toString();
  }

  /** So many random small letters. */
  static String letters(Draw draw, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) draw.nextLong('a', 'z'));
    }
    return text.toString();
  }
}
