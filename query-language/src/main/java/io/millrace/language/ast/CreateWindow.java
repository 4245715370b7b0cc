package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code CREATE WINDOW name (columns) kind (arguments)}: a window that several queries share. */
public record CreateWindow(
    Identifier name,
    List<ColumnDefinition> columns,
    List<TimeClause> timeClauses,
    WindowClause window,
    Span span)
    implements Statement {

  public CreateWindow {
    columns = List.copyOf(columns);
    timeClauses = List.copyOf(timeClauses);
  }

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitCreateWindow(this);
  }
}
