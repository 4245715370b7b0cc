package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code OVER (PARTITION BY … ORDER BY … frame)}.
 *
 * @param frame null if it is not given
 */
public record OverClause(
    List<Expression> partitionBy, List<SortItem> orderBy, @Nullable FrameClause frame, Span span)
    implements Node {

  public OverClause {
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }
}
