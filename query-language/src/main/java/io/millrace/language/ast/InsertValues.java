package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/**
 * {@code INSERT INTO target (columns) VALUES (…), (…)}.
 *
 * @param columns empty if there is no list
 */
public record InsertValues(
    Identifier target, List<Identifier> columns, List<ValuesRow> rows, Span span)
    implements Statement {

  public InsertValues {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitInsertValues(this);
  }
}
