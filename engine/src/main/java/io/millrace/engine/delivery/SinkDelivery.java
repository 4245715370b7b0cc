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
    TRANSACTION(true),
    /** Staged in the snapshot, shown after it: exactly once. */
    STAGED(true),
    /** Flushed before the snapshot: at least once. */
    FLUSH(false);

    private final boolean isExactlyOnce;

    Way(boolean isExactlyOnce) {
      this.isExactlyOnce = isExactlyOnce;
    }

    public boolean isExactlyOnce() {
      return isExactlyOnce;
    }
  }
}
