package io.millrace.language.ast;

/** The kinds of windows. */
public enum WindowKind {
  TIME("size"),
  LENGTH("events"),
  LENGTH_BATCH("events"),
  TIME_BATCH("size"),
  TIME_LENGTH("size, events"),
  TUMBLING("size"),
  HOPPING("size, slide"),
  SESSION("gap"),
  CUMULATE("step, size"),
  UNIQUE("key"),
  FIRST_UNIQUE("key"),
  SORTED("events, column"),
  DELAY("delay"),
  EXPRESSION("condition"),
  CRON("'0 0/5 * * * ?'");

  private final String arguments;

  WindowKind(String arguments) {
    this.arguments = arguments;
  }

  /** How it is written, with its arguments, as in {@code SESSION (gap)}. */
  public String form() {
    return this + " (" + arguments + ")";
  }

  /**
   * A hint for who writes a window elsewhere than behind its stream.
   *
   * @param form of a kind, perhaps with arguments that are given
   */
  public static String behind(String stream, String form) {
    return "a window is written behind its stream: " + stream + " WINDOW " + form;
  }
}
