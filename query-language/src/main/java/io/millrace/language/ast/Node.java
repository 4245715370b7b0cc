package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/** A part of a script, with the place where it stands. Immutable. */
public interface Node {

  /** Where it stands in the text as the user wrote it, variables not replaced. */
  Span span();
}
