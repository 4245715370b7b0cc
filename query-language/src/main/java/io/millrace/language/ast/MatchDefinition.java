package io.millrace.language.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What MATCH_RECOGNIZE matches.
 *
 * @param within null if it is not given
 */
public record MatchDefinition(
    RowPattern pattern,
    @Nullable DurationLiteral within,
    List<RowSubset> subsets,
    List<VariableDefinition> variables) {

  public MatchDefinition {
    subsets = List.copyOf(subsets);
    variables = List.copyOf(variables);
  }
}
