package io.millrace.conformance.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.analysis.LanguageFunctions;
import io.millrace.spi.function.FunctionCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every function that the language names is there, under every name, with an example. */
class FunctionListTest {
  private static final Path PAGE = Path.of("..", "docs", "language.md");
  private static final String CHAPTER = "## 12. Scalar functions";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** What the chapter names in words, or in a form of its own. */
  private static final Set<String> IN_WORDS =
      Set.of(
          "sin", "cos", "tan", "cot", "asin", "acos", "atan", "sinh", "cosh", "tanh", "month",
          "day", "hour", "minute");

  private static final Set<String> OPERATORS = Set.of("||", "%", "extract");

  @Test
  void shouldBeThereWhenTheLanguageNamesIt() throws IOException {
    Set<String> known = new TreeSet<>(FunctionCatalog.load().names());
    known.addAll(LanguageFunctions.names());

    assertThat(named()).hasSizeGreaterThan(150).isSubsetOf(known);
  }

  @Test
  void shouldHaveExampleWhenItIsInTheCatalog() {
    List<String> without = new ArrayList<>();
    FunctionCatalog.load().all().stream()
        .filter(function -> function.documentation().examples().isEmpty())
        .forEach(function -> without.add(function.text()));
    LanguageFunctions.all().stream()
        .filter(function -> function.documentation().examples().isEmpty())
        .forEach(function -> without.add(function.text()));

    assertThat(without).as("functions without an example").isEqualTo(List.of());
  }

  private static Set<String> named() throws IOException {
    String page = Files.readString(PAGE);
    String chapter = page.substring(page.indexOf("\n- ", page.indexOf(CHAPTER)));
    Set<String> names = new TreeSet<>(IN_WORDS);
    Matcher code = CODE.matcher(chapter);
    while (code.find()) {
      String name = code.group(1).replaceFirst("\\(.*", "");
      String[] parts = name.split("\\|(?=\\w)", -1);
      String prefix = parts[0].substring(0, parts[0].lastIndexOf('_') + 1);
      names.add(parts[0]);
      for (int i = 1; i < parts.length; i++) {
        names.add(prefix + parts[i]);
      }
    }
    names.removeAll(OPERATORS);
    return names;
  }
}
