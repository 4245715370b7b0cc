package io.millrace.engine;

import io.millrace.spi.error.MillraceException;

/**
 * A job is busy with rows of others and refuses more ({@code SET 'overload' = 'refuse'}). Nothing
 * of what was sent was taken: it can be sent again, or left.
 */
public final class OverloadException extends MillraceException {
  private static final long serialVersionUID = 1L;

  OverloadException(String message) {
    super(message);
  }
}
