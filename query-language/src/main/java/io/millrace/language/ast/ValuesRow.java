package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** A row of INSERT … VALUES. */
public record ValuesRow(List<Expression> values, Span span) implements Node {

  public ValuesRow {
    values = List.copyOf(values);
  }
}
