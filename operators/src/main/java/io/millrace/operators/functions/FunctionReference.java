package io.millrace.operators.functions;

import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDescriptor;
import io.millrace.spi.function.FunctionDocumentation;
import io.millrace.spi.function.LanguageFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Renders the functions of a catalog as a page of Markdown, by category, then by name. */
public final class FunctionReference {
  private static final String INTRODUCTION =
      """
      A function of NULL is NULL, except where it says otherwise. An argument widens to the type of its
      parameter (INT to BIGINT to DECIMAL to DOUBLE); `T...` stands for any number of arguments. What
      follows a call holds: each example runs as a test. `CASE`, `CAST`, `LIKE` and the operators are part
      of the language itself.
      """;

  private FunctionReference() {}

  /** A function under one of its signatures. */
  private record Entry(String text, List<String> names, FunctionDocumentation documentation) {}

  /**
   * The page, with a line end behind its last line.
   *
   * @param ofTheLanguage functions that are no part of a catalog
   */
  public static String markdown(FunctionCatalog catalog, List<LanguageFunction> ofTheLanguage) {
    Map<String, Map<String, List<Entry>>> categories = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (LanguageFunction function : ofTheLanguage) {
      add(new Entry(function.text(), function.names(), function.documentation()), categories);
    }
    for (FunctionDescriptor function : catalog.all()) {
      add(new Entry(function.text(), function.names(), function.documentation()), categories);
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

  private static void add(Entry entry, Map<String, Map<String, List<Entry>>> categories) {
    categories
        .computeIfAbsent(entry.documentation().category(), absent -> new TreeMap<>())
        .computeIfAbsent(entry.names().get(0), absent -> new ArrayList<>())
        .add(entry);
  }

  private static String heading(String category) {
    return Character.toUpperCase(category.charAt(0)) + category.substring(1);
  }

  private static void append(String name, List<Entry> overloads, StringBuilder page) {
    page.append("\n### ").append(name).append("\n\n");
    for (Entry overload : overloads) {
      page.append("- `").append(overload.text()).append("`  \n  ");
      page.append(overload.documentation().description()).append(synonyms(overload)).append('\n');
    }
    page.append("\n```sql\n");
    for (Entry overload : overloads) {
      overload.documentation().examples().forEach(example -> page.append(example).append('\n'));
    }
    page.append("```\n");
  }

  private static String synonyms(Entry function) {
    List<String> others =
        function.names().stream()
            .skip(1)
            .filter(name -> !name.startsWith("$"))
            .map(name -> "`" + name + "`")
            .toList();
    return others.isEmpty() ? "" : " Also " + String.join(", ", others) + ".";
  }
}
