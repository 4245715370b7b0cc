package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE STREAM name (columns) WITH (options) AS query}.
 *
 * @param columns empty if there is no column list
 * @param timeClauses the other items of the column list
 * @param options its WITH clause
 * @param query what follows AS, or null
 */
public record CreateStream(
    Identifier name,
    List<ColumnDefinition> columns,
    List<TimeClause> timeClauses,
    List<OptionAssignment> options,
    @Nullable Query query,
    Span span)
    implements Statement {

  public CreateStream {
    columns = List.copyOf(columns);
    timeClauses = List.copyOf(timeClauses);
    options = List.copyOf(options);
  }

  @Override
  public <R> R accept(StatementVisitor<R> visitor) {
    return visitor.visitCreateStream(this);
  }
}
