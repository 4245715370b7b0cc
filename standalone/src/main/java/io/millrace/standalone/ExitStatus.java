package io.millrace.standalone;

/** What the command's exit status says. */
final class ExitStatus {
  /** Everything went well; jobs that were asked to stop have stopped in order. */
  static final int OK = 0;

  /** A script or file has errors, a test has failed, or there is no such job. */
  static final int WRONG = 1;

  /** The arguments cannot be understood. */
  static final int USAGE = 2;

  /**
   * A job could not be started, failed while it ran, could not be stopped in order, or took no
   * snapshot.
   */
  static final int FAILED = 3;

  /** A fault of Millrace itself. */
  static final int FAULT = 4;

  private ExitStatus() {}
}
