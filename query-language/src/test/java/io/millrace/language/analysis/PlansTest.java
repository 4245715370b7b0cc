package io.millrace.language.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.plan.PlanPrinter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PlansTest {
  static Stream<Cases> cases() {
    return Cases.read("plans.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldMakePlanWhenScriptIsGood(Cases good) {
    String plans =
        Scripts.plan(good.script()).queries().stream()
            .map(PlanPrinter::print)
            .collect(Collectors.joining());

    assertThat(List.of(plans.split("\n"))).isEqualTo(good.expected());
  }
}
