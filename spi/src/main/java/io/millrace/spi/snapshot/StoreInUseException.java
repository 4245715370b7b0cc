package io.millrace.spi.snapshot;

import io.millrace.spi.error.MillraceException;

/** Somebody else has a store open, in this process or another one. */
public final class StoreInUseException extends MillraceException {
  private static final long serialVersionUID = 1L;

  public StoreInUseException(String message) {
    super(message);
  }
}
