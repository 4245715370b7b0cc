package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code PARTITION BY keys} or {@code PARTITION BY ROUND_ROBIN}, which has no keys. */
public record PartitionClause(boolean isRoundRobin, List<Expression> keys, Span span)
    implements Node {

  public PartitionClause {
    keys = List.copyOf(keys);
  }
}
