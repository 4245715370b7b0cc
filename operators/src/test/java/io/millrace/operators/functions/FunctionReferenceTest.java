package io.millrace.operators.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.function.FunctionCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionReferenceTest {

  @Test
  void shouldListOverloadsWithSynonymsAndExamples() {
    String page =
        FunctionReference.markdown(
            FunctionCatalog.of(
                List.of(() -> List.of(ConditionalFunctions.class, RandomFunctions.class))),
            List.of());

    assertThat(page)
        .startsWith("# Functions\n\n")
        .contains(
            """

            ## Conditional

            ### greatest

            - `greatest(T, T...) -> T` \s
              The greatest of the arguments that are not NULL; NULL if all are.

            ```sql
            greatest(1, 3, 2) = 3
            greatest('a', NULL) = 'a'
            greatest(1, 2.5) = 2.5
            ```
            """)
        .contains(
            """
            ### random

            - `random() -> DOUBLE` \s
              A random number from 0, but less than 1; another one for every row. Also `rand`.
            - `random(BIGINT, BIGINT) -> BIGINT` \s
              A random whole number from the first, but less than the second. Also `rand`.
            """);
  }

  @Test
  void shouldNotShowHiddenFunctions() {
    String page =
        FunctionReference.markdown(FunctionCatalog.of(List.of(new BuiltInFunctions())), List.of());

    assertThat(page).doesNotContain("$like", "$extract", "hidden");
  }
}
