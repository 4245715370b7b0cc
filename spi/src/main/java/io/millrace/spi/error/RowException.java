package io.millrace.spi.error;

/**
 * The evaluation of an expression failed for one row: overflow, division by zero, a failed cast.
 * Functions throw it; the engine gives the row to the stream's error policy and goes on. It has no
 * stack trace, because it is not a fault of the program.
 */
public final class RowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RowException(String message) {
    super(message, null, false, false);
  }

  /** The message, never null. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
