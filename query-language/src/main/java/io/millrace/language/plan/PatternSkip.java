package io.millrace.language.plan;

/**
 * Which attempts are dropped at a match: those that began before an event of it.
 *
 * @param variable whose event it is, for {@link Mode#TO_FIRST} and {@link Mode#TO_LAST}; else 0
 */
public record PatternSkip(Mode mode, int variable) {
  /** None are. */
  public static final PatternSkip NONE = new PatternSkip(Mode.NONE, 0);

  /** Which event it is. */
  public enum Mode {
    NONE,
    /** The one behind the last of the match. */
    PAST_LAST_ROW,
    /** The one behind the first of the match. */
    TO_NEXT_ROW,
    /** The first of a variable. */
    TO_FIRST,
    /** The last of a variable. */
    TO_LAST
  }
}
