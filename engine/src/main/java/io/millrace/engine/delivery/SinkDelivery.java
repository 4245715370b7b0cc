package io.millrace.engine.delivery;

import java.util.Optional;

/**
 * How the output of a sink becomes final.
 *
 * @param stream the stream or bare query
 * @param way how
 * @param reason why, for people
 * @param numbering whether its rows are numbered; empty if the sink cannot, or need not
 */
public record SinkDelivery(
    String stream, Way way, String reason, Optional<RowNumbering> numbering) {

  /** The ways in which output becomes final. */
  public enum Way {
    /** In a transaction that commits the snapshot: exactly once. */
    TRANSACTION("exactly once"),
    /** Staged in the snapshot, shown after it: exactly once. */
    STAGED("exactly once"),
    /** Flushed before the snapshot: at least once. */
    FLUSH("at least once"),
    /** Written when the snapshot is committed: at most once. */
    HELD("at most once");

    private final String guarantee;

    Way(String guarantee) {
      this.guarantee = guarantee;
    }

    /** How often a row comes, for people. */
    String guarantee() {
      return guarantee;
    }

    /** Whether every row comes, and once only. */
    boolean isExactlyOnce() {
      return this == TRANSACTION || this == STAGED;
    }

    /** Whether a row may come twice after a crash. */
    boolean mayRepeat() {
      return this == FLUSH;
    }
  }
}
