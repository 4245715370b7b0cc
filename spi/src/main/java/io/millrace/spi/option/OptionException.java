package io.millrace.spi.option;

import io.millrace.spi.error.MillraceException;

/** An option that is declared and well formed, but contradicts the others or the use of it. */
public final class OptionException extends MillraceException {
  private static final long serialVersionUID = 1L;
  private final String option;

  /**
   * @param option the name of the option, where the error is shown
   */
  public OptionException(String option, String message) {
    super(message);
    this.option = option;
  }

  public String option() {
    return option;
  }
}
