package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code WINDOW kind (arguments)}. */
public record WindowClause(WindowKind kind, List<WindowArgument> arguments, Span span)
    implements Node {

  public WindowClause {
    arguments = List.copyOf(arguments);
  }
}
