package io.millrace.spi.function;

import java.util.List;

/**
 * What the reference says of a function.
 *
 * @param description one sentence
 * @param category the heading under which it stands
 * @param examples calls and their results in SQL, see {@link ScalarFunction#examples}
 */
public record FunctionDocumentation(String description, String category, List<String> examples) {
  public FunctionDocumentation {
    examples = List.copyOf(examples);
  }
}
