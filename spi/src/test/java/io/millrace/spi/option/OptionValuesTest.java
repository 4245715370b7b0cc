package io.millrace.spi.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionValuesTest {
  private static final OptionSpec TASKS = OptionSpec.integer("tasks", "1", 1, 128, "Tasks.");
  private static final OptionSpec ATTEMPTS =
      OptionSpec.integer("attempts", "0", 0, Long.MAX_VALUE, "Attempts.");

  @ParameterizedTest
  @ValueSource(strings = {"1", "128", "1_0"})
  void shouldTakeWholeNumbersWithinTheBounds(String text) {
    assertThat(OptionValues.problem(TASKS, text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "129", "-1", "many", "1.5", ""})
  void shouldSayTheBoundsWhenANumberIsBeyondThem(String text) {
    assertThat(OptionValues.problem(TASKS, text))
        .contains("option 'tasks' must be a whole number from 1 to 128, not '" + text + "'");
  }

  @Test
  void shouldSayTheLeastWhenThereIsNoGreatest() {
    assertThat(OptionValues.problem(ATTEMPTS, "-1"))
        .contains("option 'attempts' must be a whole number of at least 0, not '-1'");
  }

  @Test
  void shouldTakeNoNegativeDuration() {
    assertThat(OptionValues.parseDuration("-5")).isEmpty();
    assertThat(OptionValues.parseDuration("0")).contains(Duration.ZERO);
    assertThat(OptionValues.parseDuration("1 MIN 30 s")).contains(Duration.ofSeconds(90));
  }
}
