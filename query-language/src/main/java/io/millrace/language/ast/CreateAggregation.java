package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/**
 * {@code CREATE AGGREGATION name AS query EVERY finest ... coarsest}: sums at several granularities
 * at once.
 */
public record CreateAggregation(
    Identifier name,
    List<OptionAssignment> options,
    Query query,
    CalendarUnit finest,
    CalendarUnit coarsest,
    Span span)
    implements Statement {

  public CreateAggregation {
    options = List.copyOf(options);
  }

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitCreateAggregation(this);
  }
}
