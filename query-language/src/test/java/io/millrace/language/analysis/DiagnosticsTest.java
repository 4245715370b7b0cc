package io.millrace.language.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DiagnosticsTest {
  static Stream<Cases> cases() {
    return Cases.read("diagnostics.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldReportEachErrorOnceWhenScriptIsWrong(Cases wrong) {
    assertThat(Scripts.errors(wrong.script())).isEqualTo(wrong.expected());
  }
}
