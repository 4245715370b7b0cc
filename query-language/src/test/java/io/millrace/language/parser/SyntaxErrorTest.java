package io.millrace.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.Diagnostic;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of errors, as {@code errors.txt} has it. */
class SyntaxErrorTest {

  static Stream<Arguments> cases() {
    return Arrays.stream(Corpus.read("errors.txt").split("\n===\n"))
        .skip(1)
        .map(text -> text.split("\n---\n", 2))
        .map(parts -> Arguments.of(parts[0], parts[1].strip()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldSayWhatIsWrongAndWhatToDo(String script, String expected) {
    Diagnostics diagnostics = new Diagnostics();
    ScriptParser.parse(new SourceText("script", script), Map.of(), diagnostics);
    String said =
        diagnostics.sorted().stream()
            .map(SyntaxErrorTest::describe)
            .collect(Collectors.joining("\n"));
    assertThat(said).isEqualTo(expected);
  }

  private static String describe(Diagnostic diagnostic) {
    String place = diagnostic.span().line() + ":" + diagnostic.span().column();
    String hint = diagnostic.findHint().map(text -> "\n  " + text).orElse("");
    return place + " " + diagnostic.code() + ": " + diagnostic.message() + hint;
  }
}
