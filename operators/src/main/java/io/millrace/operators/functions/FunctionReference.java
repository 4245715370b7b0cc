package io.millrace.operators.functions;

import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Renders the functions of a catalog as a page of Markdown, by category, then by name. */
public final class FunctionReference {
  private static final String INTRODUCTION =
      """
      A function of NULL is NULL, except where it says otherwise. An argument widens to the type of its
      parameter (INT to BIGINT to DECIMAL to DOUBLE); `T...` stands for any number of arguments. What
      follows a call holds: each example runs as a test. `coalesce` (`ifnull`, `nvl`), `nullif`, `if`,
      `CASE`, `CAST`, `LIKE` and the operators are part of the language itself.
      """;

  private FunctionReference() {}

  /** The page, with a line end behind its last line. */
  public static String markdown(FunctionCatalog catalog) {
    Map<String, Map<String, List<FunctionDescriptor>>> categories =
        new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (FunctionDescriptor function : catalog.all()) {
      categories
          .computeIfAbsent(function.documentation().category(), absent -> new LinkedHashMap<>())
          .computeIfAbsent(function.name(), absent -> new ArrayList<>())
          .add(function);
    }
    StringBuilder page = new StringBuilder("# Functions\n\n");
    page.append(INTRODUCTION);
    categories.forEach(
        (category, functions) -> {
          page.append("\n## ").append(heading(category)).append('\n');
          functions.forEach((name, overloads) -> append(name, overloads, page));
        });
    return page.toString();
  }

  private static String heading(String category) {
    return Character.toUpperCase(category.charAt(0)) + category.substring(1);
  }

  private static void append(String name, List<FunctionDescriptor> overloads, StringBuilder page) {
    page.append("\n### ").append(name).append("\n\n");
    for (FunctionDescriptor overload : overloads) {
      page.append("- `").append(overload.text()).append("`  \n  ");
      page.append(overload.documentation().description()).append(synonyms(overload)).append('\n');
    }
    page.append("\n```sql\n");
    for (FunctionDescriptor overload : overloads) {
      overload.documentation().examples().forEach(example -> page.append(example).append('\n'));
    }
    page.append("```\n");
  }

  private static String synonyms(FunctionDescriptor function) {
    List<String> others =
        function.names().stream()
            .skip(1)
            .filter(name -> !name.startsWith("$"))
            .map(name -> "`" + name + "`")
            .toList();
    return others.isEmpty() ? "" : " Also " + String.join(", ", others) + ".";
  }
}
