package io.millrace.language.ast;

import io.millrace.spi.error.Span;

/**
 * A name as the user spells it, without its back-quotes.
 *
 * @param name the spelling
 * @param isQuoted whether it stands in back-quotes, so that letters must be equal in case, too
 */
public record Identifier(String name, boolean isQuoted, Span span) implements Node {

  /** Whether it names what was declared as {@code declared}. */
  public boolean matches(String declared) {
    return isQuoted ? name.equals(declared) : name.equalsIgnoreCase(declared);
  }
}
