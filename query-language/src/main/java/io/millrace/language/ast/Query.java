package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole query. Parenthesised queries united at the top are a {@code SELECT *} from their union.
 *
 * @param commonTables its WITH clause
 * @param partition its PARTITION BY, or null
 * @param order its ORDER BY and LIMIT, or null
 * @param emit its EMIT, or null
 */
public record Query(
    List<CommonTable> commonTables,
    Select select,
    @Nullable PartitionClause partition,
    @Nullable OrderClause order,
    @Nullable EmitClause emit,
    Span span)
    implements Node {

  public Query {
    commonTables = List.copyOf(commonTables);
  }

  /** Whether it says WITH RETRACTIONS. */
  public boolean retracts() {
    return emit != null && emit.isWithRetractions();
  }

  /** The same without WITH RETRACTIONS. */
  public Query withoutRetractions() {
    return withRetractions(false);
  }

  /** The same with WITH RETRACTIONS, if it has an EMIT. */
  public Query withRetractions() {
    return withRetractions(true);
  }

  private Query withRetractions(boolean retracts) {
    EmitClause other = emit == null ? null : new EmitClause(emit.mode(), retracts, emit.span());
    return new Query(commonTables, select, partition, order, other, span);
  }
}
