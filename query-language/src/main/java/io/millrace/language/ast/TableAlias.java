package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/**
 * {@code [AS] name (columns)}.
 *
 * @param columns empty if there is no list
 */
public record TableAlias(Identifier name, List<Identifier> columns, Span span) implements Node {

  public TableAlias {
    columns = List.copyOf(columns);
  }
}
