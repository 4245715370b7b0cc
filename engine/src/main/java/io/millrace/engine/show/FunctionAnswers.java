package io.millrace.engine.show;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says which functions there are, and what each takes and gives. */
final class FunctionAnswers {
  private final FunctionCatalog functions;
  private final int width;

  FunctionAnswers(FunctionCatalog functions, int width) {
    this.functions = functions;
    this.width = width;
  }

  /** All functions by category, overloads together. */
  String all() {
    Map<String, Map<String, FunctionDescriptor>> categories = new TreeMap<>();
    for (FunctionDescriptor function : functions.all()) {
      categories
          .computeIfAbsent(function.documentation().category(), c -> new LinkedHashMap<>())
          .putIfAbsent(function.name(), function);
    }
    List<String> parts = new ArrayList<>();
    categories.forEach(
        (category, named) -> {
          TextTable table = new TextTable(width, category, "");
          named.values().forEach(f -> table.add(names(f), f.documentation().description()));
          parts.add(table.text());
        });
    return parts.isEmpty() ? "there are no functions\n" : String.join("\n", parts);
  }

  private static String names(FunctionDescriptor function) {
    List<String> synonyms = function.names().subList(1, function.names().size());
    return function.name() + (synonyms.isEmpty() ? "" : " (" + String.join(", ", synonyms) + ")");
  }

  /**
   * All overloads of a function with their examples.
   *
   * @throws MillraceException if there is no function of that name
   */
  String one(String name) {
    List<FunctionDescriptor> overloads = functions.find(name);
    if (overloads.isEmpty()) {
      String hint =
          NearestName.hint(name, functions.names())
              .orElse("SHOW FUNCTIONS and 'millrace functions' list all");
      throw new MillraceException("unknown function '" + name + "'; " + hint);
    }
    List<String> parts = new ArrayList<>();
    overloads.forEach(overload -> parts.add(describe(overload)));
    return String.join("\n", parts);
  }

  private String describe(FunctionDescriptor function) {
    StringBuilder out = new StringBuilder(function.text()).append('\n');
    for (String line : TextTable.wrap(function.documentation().description(), width - 2)) {
      out.append("  ").append(line).append('\n');
    }
    if (function.names().size() > 1) {
      List<String> synonyms = function.names().subList(1, function.names().size());
      out.append("  Also called ").append(String.join(", ", synonyms)).append(".\n");
    }
    for (String example : function.documentation().examples()) {
      out.append("    ").append(example).append('\n');
    }
    return out.toString();
  }
}
