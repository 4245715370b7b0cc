package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PropertyTest {

  @Test
  void shouldShrinkToWhatIsNeededWhenAListFails() {
    assertThatThrownBy(
            () ->
                Property.<Integer>check(
                    200,
                    100,
                    random -> random.nextInt(10),
                    steps -> {
                      if (steps.contains(3) && steps.lastIndexOf(4) > steps.indexOf(3)) {
                        throw new IllegalStateException("3 before 4");
                      }
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("fails with -Dmillrace.seed=")
        .hasMessageContaining("to 2:\n  3\n  4\n")
        .hasMessageContaining("3 before 4")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldPassWhenNothingFails() {
    assertThatCode(() -> Property.<Boolean>check(10, 5, random -> random.nextBoolean(), s -> {}))
        .doesNotThrowAnyException();
  }
}
