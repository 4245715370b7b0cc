package io.millrace.operators.join;

/** When a row of an outer side that has no match is sent. */
public enum Unmatched {
  /** When none can come any more. */
  WHEN_GONE,
  /** When it comes, and never taken back. */
  AT_ONCE,
  /** When it comes, and taken back when there is a match. */
  AT_ONCE_AND_RETRACTED;

  String describe() {
    return switch (this) {
      case WHEN_GONE -> "";
      case AT_ONCE -> ", rows without a match at once";
      case AT_ONCE_AND_RETRACTED -> ", rows without a match at once, then taken back";
    };
  }
}
