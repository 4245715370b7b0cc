package io.millrace.spi.connector;

import io.millrace.spi.error.MillraceException;

/** Another process runs what this one ran: nothing that it writes counts any more. */
public final class TakenOverException extends MillraceException {
  private static final long serialVersionUID = 1L;

  public TakenOverException(String message, Throwable cause) {
    super(message, cause);
  }
}
