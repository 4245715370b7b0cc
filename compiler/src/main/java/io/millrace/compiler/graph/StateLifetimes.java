package io.millrace.compiler.graph;

import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.option.OptionValues;
import java.time.Duration;
import java.util.Map;

/**
 * How long the state of a script's operators lives, in milliseconds, 0 for ever: as SET says for
 * what queries keep and for the tables that they feed, but for those of rankings; as the WITH
 * clause of a table says for that table.
 */
public final class StateLifetimes {
  /** The key of the option, of SET and of a table's WITH. */
  public static final String OPTION = StreamDeclaration.STATE_TTL;

  static final StateLifetimes FOR_EVER = new StateLifetimes(0);

  private final long ofJob;

  private StateLifetimes(long ofJob) {
    this.ofJob = ofJob;
  }

  static StateLifetimes of(ScriptPlan script) {
    return new StateLifetimes(millis(script.settings(), 0));
  }

  /** Of what the queries of a script keep. */
  long ofQueries() {
    return ofJob;
  }

  /**
   * Of the rows of a table.
   *
   * @param isOfRanking whether it has what a ranking sends, which also deletes what expires: rows
   *     that are behind touch a ranking but not the table
   */
  long of(StreamDeclaration table, boolean isOfRanking) {
    return millis(table.options(), table.isDerived() && !isOfRanking ? ofJob : 0);
  }

  private static long millis(Map<String, String> options, long otherwise) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase(OPTION))
        .findFirst()
        .flatMap(option -> OptionValues.parseDuration(option.getValue()))
        .map(Duration::toMillis)
        .orElse(otherwise);
  }
}
