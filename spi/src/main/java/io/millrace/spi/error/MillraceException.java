package io.millrace.spi.error;

import org.jspecify.annotations.Nullable;

/**
 * Something that a user can mend, said for people: what is wrong, where, why, what to do. Shown
 * without its stack trace.
 */
public class MillraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MillraceException(String message) {
    super(message);
  }

  public MillraceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message, never null. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
