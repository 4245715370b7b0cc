package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/**
 * {@code INSERT INTO target (columns) query}.
 *
 * @param columns empty if there is no list
 */
public record InsertQuery(Identifier target, List<Identifier> columns, Query query, Span span)
    implements Statement {

  public InsertQuery {
    columns = List.copyOf(columns);
  }

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitInsertQuery(this);
  }
}
