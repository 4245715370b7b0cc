package io.millrace.conformance.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.analysis.UnsupportedFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UnsupportedPageTest {
  private static final Path PAGE = Path.of("..", "docs", "not-supported-yet.md");

  /** With {@code -Dpages.write=true} it writes the page instead of comparing it. */
  @Test
  void shouldBeInTheDocsAsAnalysisRefuses() throws IOException {
    String page = UnsupportedFeatures.markdown();
    if (Boolean.getBoolean("pages.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE)
        .as("docs/not-supported-yet.md is out of date: run this test with -Dpages.write=true")
        .content()
        .isEqualTo(page);
  }
}
