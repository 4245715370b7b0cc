package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/**
 * {@code name (columns) AS (query)} of a WITH clause.
 *
 * @param columns empty if there is no list
 */
public record CommonTable(Identifier name, List<Identifier> columns, Query query, Span span)
    implements Node {

  public CommonTable {
    columns = List.copyOf(columns);
  }
}
