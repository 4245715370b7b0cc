package io.millrace.spi.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One error of a user's text, for people.
 *
 * @param code kebab-case identifier of the kind of error, such as {@code unknown-column}
 * @param span where it is
 * @param message what is wrong: lower case, no full stop, names the thing in quotes, says what was
 *     expected and found
 * @param hint what to do about it, or null
 */
public record Diagnostic(String code, Span span, String message, @Nullable String hint) {

  public Diagnostic {
    Objects.requireNonNull(code);
    Objects.requireNonNull(span);
    Objects.requireNonNull(message);
  }

  public static Diagnostic of(String code, Span span, String message) {
    return new Diagnostic(code, span, message, null);
  }

  public Diagnostic withHint(String text) {
    return new Diagnostic(code, span, message, text);
  }

  public Optional<String> findHint() {
    return Optional.ofNullable(hint);
  }
}
