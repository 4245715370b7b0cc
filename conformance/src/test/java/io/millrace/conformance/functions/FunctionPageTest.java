package io.millrace.conformance.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.analysis.LanguageFunctions;
import io.millrace.operators.functions.FunctionReference;
import io.millrace.spi.function.FunctionCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FunctionPageTest {
  private static final Path PAGE = Path.of("..", "docs", "functions.md");

  /** With {@code -Dpages.write=true} it writes the page instead of comparing it. */
  @Test
  void shouldBeInTheDocsAsTheCatalogSays() throws IOException {
    String page = FunctionReference.markdown(FunctionCatalog.load(), LanguageFunctions.all());
    if (Boolean.getBoolean("pages.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE)
        .as("docs/functions.md is out of date: run this test with -Dpages.write=true")
        .content()
        .isEqualTo(page);
  }
}
