package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code name = (variables)} of SUBSET. */
public record RowSubset(Identifier name, List<Identifier> variables, Span span) implements Node {

  public RowSubset {
    variables = List.copyOf(variables);
  }
}
