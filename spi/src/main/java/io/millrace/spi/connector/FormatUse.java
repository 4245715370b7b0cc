package io.millrace.spi.connector;

/** Whether a connector turns rows into bytes, and so whether its streams name a {@link Format}. */
public enum FormatUse {
  /** Its rows are never bytes: a format in WITH is an error. */
  NONE,
  /** It has a form of its own where no format is named. */
  OPTIONAL,
  /** A stream without a format is an error. */
  REQUIRED
}
