package io.millrace.state.codec;

/** The kinds of state, with the code and the name under which they are saved. */
public enum StateKind {
  SLOT_TABLE(1, "slot table"),
  PANES(2, "panes"),
  ROW_LOG(3, "row log"),
  SORT_BUFFER(4, "sort buffer"),
  LONG_VALUE(5, "long value");

  private final int code;
  private final String label;

  StateKind(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** What it is called in messages. */
  public String label() {
    return label;
  }

  int code() {
    return code;
  }

  static StateKind of(int code) {
    for (StateKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw StateReader.damaged();
  }
}
