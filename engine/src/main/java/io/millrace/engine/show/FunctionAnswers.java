package io.millrace.engine.show;

import io.millrace.language.analysis.LanguageFunctions;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.function.AggregateDescriptor;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDocumentation;
import io.millrace.spi.function.LanguageFunction;
import java.util.ArrayList;
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
    Map<String, Map<String, Line>> categories = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (LanguageFunction function : LanguageFunctions.all()) {
      add(function.names(), function.documentation(), categories);
    }
    functions.all().forEach(f -> add(f.names(), f.documentation(), categories));
    functions.aggregates().forEach(f -> add(f.names(), f.documentation(), categories));
    List<String> parts = new ArrayList<>();
    categories.forEach(
        (category, named) -> {
          TextTable table = new TextTable(width, category, "");
          named.values().forEach(line -> table.add(line.names(), line.description()));
          parts.add(table.text());
        });
    return String.join("\n", parts);
  }

  /** A function with its synonyms. */
  private record Line(String names, String description) {}

  /** The first of several overloads speaks for all. */
  private static void add(
      List<String> names,
      FunctionDocumentation documentation,
      Map<String, Map<String, Line>> categories) {
    List<String> synonyms = synonyms(names);
    String shown =
        names.get(0) + (synonyms.isEmpty() ? "" : " (" + String.join(", ", synonyms) + ")");
    categories
        .computeIfAbsent(documentation.category(), c -> new TreeMap<>())
        .putIfAbsent(names.get(0), new Line(shown, documentation.description()));
  }

  /** Names that begin with a dollar are the language's own, for its constructs. */
  private static List<String> synonyms(List<String> names) {
    return names.stream().skip(1).filter(name -> !name.startsWith("$")).toList();
  }

  /**
   * All overloads of a function with their examples.
   *
   * @throws MillraceException if there is no function of that name
   */
  String one(String name) {
    List<String> parts = new ArrayList<>();
    LanguageFunctions.find(name)
        .ifPresent(f -> parts.add(describe(f.text(), f.names(), f.documentation())));
    functions.find(name).forEach(f -> parts.add(describe(f.text(), f.names(), f.documentation())));
    for (AggregateDescriptor aggregate : functions.findAggregates(name)) {
      parts.add(
          describe(
              aggregate.text() + ", an aggregate" + abilities(aggregate),
              aggregate.names(),
              aggregate.documentation()));
    }
    if (parts.isEmpty()) {
      List<String> known = new ArrayList<>(functions.names());
      known.addAll(functions.aggregateNames());
      known.addAll(LanguageFunctions.names());
      String hint =
          NearestName.hint(name, known).orElse("SHOW FUNCTIONS and 'millrace functions' list all");
      throw new MillraceException("unknown function '" + name + "'; " + hint);
    }
    return String.join("\n", parts);
  }

  /** In which windows it stands. */
  private static String abilities(AggregateDescriptor aggregate) {
    boolean retracts = aggregate.methods().retract().isPresent();
    boolean merges = aggregate.methods().merge().isPresent();
    if (retracts && merges) {
      return " for all windows";
    }
    return retracts || merges
        ? retracts ? " that takes rows back" : " that merges"
        : " that only takes rows";
  }

  private String describe(String text, List<String> names, FunctionDocumentation documentation) {
    StringBuilder out = new StringBuilder(text).append('\n');
    for (String line : TextTable.wrap(documentation.description(), width - 2)) {
      out.append("  ").append(line).append('\n');
    }
    List<String> synonyms = synonyms(names);
    if (!synonyms.isEmpty()) {
      out.append("  Also called ").append(String.join(", ", synonyms)).append(".\n");
    }
    for (String example : documentation.examples()) {
      out.append("    ").append(example).append('\n');
    }
    return out.toString();
  }
}
