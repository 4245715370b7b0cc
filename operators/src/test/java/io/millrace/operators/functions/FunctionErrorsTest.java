package io.millrace.operators.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.functions.ExampleEvaluator.Typed;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What functions do at the edges: failures said for people, and values that examples leave out. */
class FunctionErrorsTest {
  private static final FunctionCatalog CATALOG =
      FunctionCatalog.of(List.of(new BuiltInFunctions()));

  @ParameterizedTest
  @CsvFileSource(
      resources = "errors.csv",
      delimiter = ';',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void shouldSayWhatIsWrong(String call, String message) {
    assertThatThrownBy(() -> new ExampleEvaluator(CATALOG, call).expression())
        .isInstanceOfAny(RowException.class, MillraceException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "edges.csv", delimiter = ';', quoteCharacter = '`', numLinesToSkip = 1)
  void shouldHoldAtTheEdges(String equation) {
    List<Typed> sides = new ExampleEvaluator(CATALOG, equation).equation();

    assertThat(sides.get(0).value())
        .usingComparator(Comparisons.NULLS_LAST)
        .isEqualTo(sides.get(1).value());
  }

  @Test
  void shouldFailWhenAnIntegerHasNoPositive() {
    assertThatThrownBy(() -> MathFunctions.abs(Long.MIN_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> MathFunctions.absInt(Integer.MIN_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void shouldFollowTheCalendarOfAZone() {
    // On 2024-03-31 the clocks of Berlin went from 02:00 to 03:00.
    assertThat(
            new ExampleEvaluator(
                    CATALOG,
                    "convert_tz(TIMESTAMP '2024-03-31 04:00:00', 'Europe/Berlin', 'UTC')"
                        + " = TIMESTAMP '2024-03-31 02:00:00'")
                .equation())
        .extracting(Typed::value)
        .containsOnly(1_711_850_400_000L);
  }

  @Test
  void shouldDeclareWhatCanFail() {
    assertThat(CATALOG.find("date_trunc")).allMatch(FunctionDescriptor::canFail);
    assertThat(CATALOG.find("upper")).noneMatch(FunctionDescriptor::canFail);
    assertThat(CATALOG.find("now")).noneMatch(FunctionDescriptor::deterministic);
  }
}
