package io.millrace.language.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What MATCH_RECOGNIZE sends.
 *
 * @param isAllRows ALL ROWS PER MATCH instead of one
 * @param afterMatch null if it is not given
 */
public record MatchOutput(
    List<Measure> measures,
    boolean isAllRows,
    EmptyMatches emptyMatches,
    @Nullable AfterMatch afterMatch) {

  public MatchOutput {
    measures = List.copyOf(measures);
  }
}
