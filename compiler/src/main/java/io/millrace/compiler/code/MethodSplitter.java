package io.millrace.compiler.code;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Spreads statements over methods, so that none grows beyond what HotSpot compiles. */
public final class MethodSplitter {
  private MethodSplitter() {}

  /**
   * Statements that do what the given ones do: these themselves, or calls of methods that hold some
   * of them each.
   *
   * @param statements each complete in itself
   * @param most how many a method may hold
   * @param name the beginning of the methods' names
   * @param parameters their parameters with types, in parentheses
   * @param arguments what is passed to them, in parentheses
   * @param members takes the methods
   */
  public static List<String> split(
      List<String> statements,
      int most,
      String name,
      String parameters,
      String arguments,
      Consumer<CodeWriter> members) {
    List<String> level = statements;
    int depth = 0;
    while (level.size() > most) {
      List<String> calls = new ArrayList<>();
      for (int from = 0; from < level.size(); from += most) {
        String part = name + "Part" + (depth == 0 ? "" : depth + "_") + calls.size();
        CodeWriter method = new CodeWriter().open("void " + part + parameters);
        level.subList(from, Math.min(level.size(), from + most)).forEach(method::line);
        members.accept(method.close());
        calls.add(part + arguments + ";");
      }
      level = calls;
      depth++;
    }
    return level;
  }
}
