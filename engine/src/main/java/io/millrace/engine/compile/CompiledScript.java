package io.millrace.engine.compile;

import io.millrace.engine.connect.StreamOptions;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.option.Options;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;

/**
 * A script that has no errors.
 *
 * @param source its text
 * @param plan its rewritten plan
 * @param graph its operators
 */
public record CompiledScript(SourceText source, ScriptPlan plan, OperatorGraph graph) {

  /** How often sinks are flushed and sources told that what they gave is safe. */
  public Duration commitInterval() {
    return settings().getDuration(StreamOptions.COMMIT_INTERVAL);
  }

  /** The time zone of functions that take one. */
  public ZoneId timeZone() {
    String zone = settings().getString(StreamOptions.TIME_ZONE);
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new MillraceException(
          "'"
              + StreamOptions.TIME_ZONE
              + "' must be a time zone such as 'Europe/Berlin', not '"
              + zone
              + "'",
          e);
    }
  }

  private Options settings() {
    return new Options(StreamOptions.settings(), plan.settings());
  }
}
