package io.millrace.spi.connector;

/**
 * A record cannot be decoded. The message says where in the record and why, in a form for people;
 * there is no stack trace.
 */
public final class DecodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DecodeException(String message) {
    super(message, null, false, false);
  }

  /** The message, never null. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
