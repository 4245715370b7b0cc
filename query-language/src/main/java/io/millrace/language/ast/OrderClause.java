package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ORDER BY items LIMIT limit OFFSET offset}.
 *
 * @param items empty for a LIMIT alone
 */
public record OrderClause(
    List<SortItem> items,
    @Nullable IntegerLiteral limit,
    @Nullable IntegerLiteral offset,
    Span span)
    implements Node {

  public OrderClause {
    items = List.copyOf(items);
  }
}
