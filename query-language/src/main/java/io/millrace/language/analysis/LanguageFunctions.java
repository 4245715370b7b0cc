package io.millrace.language.analysis;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.AggregateDescriptor;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDocumentation;
import io.millrace.spi.function.LanguageFunction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The functions of the language itself, for the reference. */
public final class LanguageFunctions {
  private static final String CATEGORY = "conditional";

  private static final List<LanguageFunction> ALL =
      List.of(
          function(
              List.of("coalesce", "ifnull", "nvl"),
              "coalesce(T, T...) -> T",
              "The first argument that is not NULL; those behind it are not evaluated. The synonyms"
                  + " take two.",
              "coalesce(NULL, 1, 2) = 1",
              "ifnull(NULL, 'a') = 'a'",
              "nvl(1, 1 / 0) = 1",
              "coalesce(NULL, NULL) IS NULL"),
          function(
              List.of("if"),
              "if(BOOLEAN, T, T) -> T",
              "The second argument if the first is true, else the third; the other one is not"
                  + " evaluated.",
              "if(1 < 2, 'yes', 'no') = 'yes'",
              "if(NULL, 1, 2) = 2",
              "if(true, 1, 1 / 0) = 1"),
          function(
              List.of("nullif"),
              "nullif(T, T) -> T",
              "The first argument, or NULL if it equals the second.",
              "nullif(1, 2) = 1",
              "nullif('', '') IS NULL"));

  private LanguageFunctions() {}

  private static LanguageFunction function(
      List<String> names, String text, String description, String... examples) {
    return new LanguageFunction(
        names, text, new FunctionDocumentation(description, CATEGORY, List.of(examples)));
  }

  public static List<LanguageFunction> all() {
    return ALL;
  }

  /**
   * Checks that no user's aggregate has a name that the language itself gives a meaning.
   *
   * @throws MillraceException if one has; the message names its class
   */
  public static void refuseTakenNames(FunctionCatalog functions) {
    Set<String> taken = CallAnalyzer.ownNames();
    for (AggregateDescriptor aggregate : functions.aggregates()) {
      for (String name : aggregate.names()) {
        if (taken.contains(name)) {
          throw new MillraceException(
              "aggregate "
                  + aggregate.type().getName()
                  + " cannot be registered: the language has a '"
                  + name
                  + "' of its own");
        }
      }
    }
  }

  /** A function by its name or a synonym, in any case of letters. */
  public static Optional<LanguageFunction> find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return ALL.stream().filter(function -> function.names().contains(wanted)).findFirst();
  }

  /** All names and synonyms. */
  public static List<String> names() {
    return ALL.stream().flatMap(function -> function.names().stream()).toList();
  }
}
