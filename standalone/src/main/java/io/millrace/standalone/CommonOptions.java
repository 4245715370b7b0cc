package io.millrace.standalone;

import picocli.CommandLine.Option;

/** Options of every command. */
final class CommonOptions {
  @Option(
      names = "--debug",
      description = "Logs what happens inside, and shows the stack traces of failures.")
  private boolean debug;

  /** Has to be called before anything is logged: the levels are read once. */
  void apply(Session session) {
    if (debug) {
      System.setProperty("millrace.log.level", "INFO");
      System.setProperty("millrace.log.own.level", "DEBUG");
      System.setProperty("millrace.log.kafka.level", "INFO");
      System.setProperty("millrace.log.trace", "%ex");
      session.messages().showStackTraces();
    }
  }
}
