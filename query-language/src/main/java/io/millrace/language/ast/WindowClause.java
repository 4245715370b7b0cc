package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/**
 * {@code WINDOW kind (arguments)}.
 *
 * @param isUnknown whether there is no such kind, which has been reported: {@code kind} says
 *     nothing then
 */
public record WindowClause(
    WindowKind kind, List<WindowArgument> arguments, boolean isUnknown, Span span) implements Node {

  public WindowClause {
    arguments = List.copyOf(arguments);
  }

  /** The same with other arguments. */
  public WindowClause with(List<WindowArgument> others) {
    return new WindowClause(kind, others, isUnknown, span);
  }
}
