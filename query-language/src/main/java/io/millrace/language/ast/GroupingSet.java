package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** Expressions that are grouped by together; none for the grand total. */
public record GroupingSet(List<Expression> expressions, Span span) implements Node {

  public GroupingSet {
    expressions = List.copyOf(expressions);
  }
}
