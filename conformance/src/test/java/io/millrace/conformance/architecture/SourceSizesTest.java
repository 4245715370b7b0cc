package io.millrace.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.architecture.MethodLengths.MethodLength;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Good and bad code have the same median and differ in the tail: so the tail is what is measured.
 */
final class SourceSizesTest {
  private static final int MAX_LINES_OF_FILE = 400;
  private static final int MAX_LINES_OF_METHOD = 50;

  /** Files (by their path) that may be longer, and why. */
  private static final Map<String, String> LONG_FILES = Map.of();

  /** Methods (as {@link MethodLength#name}) that may be longer, and why. */
  private static final Map<String, String> LONG_METHODS = Map.of();

  @Test
  void shouldHaveAtMostFourHundredLinesOfCodeWhenFile() {
    List<String> tooLong =
        Sources.all().stream()
            .filter(file -> !LONG_FILES.containsKey(Sources.nameOf(file)))
            .map(
                file ->
                    new MethodLength(
                        Sources.nameOf(file), Sources.countCode(Sources.linesOf(file))))
            .filter(file -> file.linesOfCode() > MAX_LINES_OF_FILE)
            .map(file -> file.name() + " has " + file.linesOfCode() + " lines of code")
            .toList();

    assertThat(tooLong)
        .as(
            "files of more than %d lines: split by concept, or list it here with a reason",
            MAX_LINES_OF_FILE)
        .isEmpty();
  }

  @Test
  void shouldHaveAtMostFiftyLinesOfCodeWhenMethod() {
    List<String> tooLong =
        MethodLengths.in(Sources.all()).stream()
            .filter(method -> method.linesOfCode() > MAX_LINES_OF_METHOD)
            .filter(method -> !LONG_METHODS.containsKey(method.name()))
            .map(method -> method.name() + " has " + method.linesOfCode() + " lines of code")
            .toList();

    assertThat(tooLong)
        .as(
            "methods of more than %d lines: name the steps, or list it here with a reason",
            MAX_LINES_OF_METHOD)
        .isEmpty();
  }
}
