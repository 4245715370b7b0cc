package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a pattern: events of one stream, and what is kept of those that were taken.
 *
 * @param name for people; unique in its pattern
 * @param stream which of the streams of the pattern, from 0
 * @param condition of an event that fits, over the columns of the pattern's input and, behind them,
 *     what is kept of all variables (see {@link PatternNode}); null if any will do
 * @param kept what conditions and the result read of its events, over the input: aggregates of the
 *     events that were taken, such as the last value of a column. Without an event they are as of
 *     nothing. Of an event that an absence forbids nothing is kept
 */
public record PatternVariable(
    String name, int stream, @Nullable RowExpression condition, List<AggregateCall> kept) {
  public PatternVariable {
    kept = List.copyOf(kept);
  }
}
