package io.millrace.compiler.code;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines of Java with their indentation. */
public final class CodeWriter {
  private record Line(int depth, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private int depth;

  public CodeWriter line(String text) {
    lines.add(new Line(depth, text));
    return this;
  }

  /**
   * A line that ends with an opening brace, behind the head if there is one; what follows is
   * indented.
   */
  public CodeWriter open(String head) {
    line(head.isEmpty() ? "{" : head + " {");
    depth++;
    return this;
  }

  /** Ends the block and opens the next one, such as {@code else}. */
  public CodeWriter reopen(String head) {
    depth--;
    line("} " + head + " {");
    depth++;
    return this;
  }

  public CodeWriter close() {
    depth--;
    return line("}");
  }

  /** Adds the lines of another writer at this one's indentation. */
  public CodeWriter append(CodeWriter nested) {
    for (Line line : nested.lines) {
      lines.add(new Line(depth + line.depth, line.text));
    }
    return this;
  }

  /** The same lines, each with another text. */
  public CodeWriter with(UnaryOperator<String> change) {
    CodeWriter changed = new CodeWriter();
    changed.depth = depth;
    for (Line line : lines) {
      changed.lines.add(new Line(line.depth, change.apply(line.text)));
    }
    return changed;
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append("  ".repeat(line.depth)).append(line.text).append('\n');
    }
    return text.toString();
  }
}
