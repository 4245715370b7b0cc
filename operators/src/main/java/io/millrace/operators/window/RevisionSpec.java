package io.millrace.operators.window;

import io.millrace.operators.sort.SortLimit;
import java.util.List;

/**
 * Which results a window that closes sends, of each group one after the other.
 *
 * @param results what it sends beside estimates
 * @param earlyMillis how far apart from the window's start on it sends an estimate of each group
 *     that has changed since its last one, before its end; 0 for none
 * @param withRetractions whether rows have their kinds, and what one replaces is sent before it
 * @param isChangelog whether the rows are changes by key
 * @param carried the columns of the input that are sent of the row for which one is sent; empty
 *     where rows are sent for another reason, too
 * @param limit how many rows wait at most where it matters in which order they are taken
 */
public record RevisionSpec(
    Results results,
    long earlyMillis,
    boolean withRetractions,
    boolean isChangelog,
    List<Integer> carried,
    SortLimit limit) {
  /** What a window sends beside estimates. */
  public enum Results {
    /** The last word, when no row can change it. */
    FINAL("final"),
    /** One when the watermark has reached the end, then one for each row within the grace. */
    ON_CLOSE("on close"),
    /** One for each row. */
    CHANGES("each row");

    private final String text;

    Results(String text) {
      this.text = text;
    }
  }

  /** When, seen from the end of the window, a row is sent. */
  enum Pane {
    EARLY,
    ON_TIME,
    LATE
  }

  /** Of groups alone. */
  public RevisionSpec(
      Results results, long earlyMillis, boolean withRetractions, boolean isChangelog) {
    this(results, earlyMillis, withRetractions, isChangelog, List.of(), SortLimit.NONE);
  }

  public RevisionSpec {
    carried = List.copyOf(carried);
    if (earlyMillis < 0) {
      throw new IllegalArgumentException("estimates every " + earlyMillis + " ms");
    }
    boolean isForRows = results == Results.CHANGES && earlyMillis == 0;
    if (!carried.isEmpty() && (!isForRows || withRetractions || isChangelog)) {
      throw new IllegalArgumentException("columns of rows where groups are sent again");
    }
  }

  /**
   * Whether what is sent depends on how far time is when a row comes, so that it must not matter
   * which partition was polled first. What is sent for each row comes as the rows do.
   */
  boolean dependsOnOrder(long graceMillis) {
    return results != Results.CHANGES
        && (earlyMillis > 0 || (results == Results.ON_CLOSE && graceMillis > 0));
  }

  /** Whether it must be known of each group what it has sent last. */
  boolean remembersRows(boolean boundsMove) {
    return earlyMillis > 0 || withRetractions || (deletes() && boundsMove);
  }

  /** Whether a window that has got other bounds deletes the row that it has sent. */
  boolean deletes() {
    return isChangelog || withRetractions;
  }

  /** For EXPLAIN PHYSICAL. */
  String describe() {
    return (earlyMillis == 0 ? "" : ", early every " + earlyMillis + " ms")
        + ", "
        + results.text
        + (withRetractions ? " with retractions" : "")
        + (isChangelog ? ", as changes" : "");
  }

  /**
   * The moment at which something is due of a window next, if all up to a watermark has been dealt
   * with.
   *
   * @param end where it ends
   * @param closing the watermark at which it has ended
   * @param last the watermark at which it is forgotten, not before that
   */
  long next(long start, long end, long closing, long last, long reached) {
    if (reached >= closing) {
      return last;
    }
    long estimate = earlyMillis == 0 ? end : nextEstimate(start, reached);
    if (estimate < end) {
      return estimate;
    }
    return results == Results.ON_CLOSE ? closing : last;
  }

  /**
   * The first {@code start + k * early}, k at least 1, behind a moment; END if there is none, as of
   * windows that begin with time.
   */
  private long nextEstimate(long start, long reached) {
    if (start == Long.MIN_VALUE) {
      return Long.MAX_VALUE;
    }
    long from = Math.max(start, reached);
    long behind =
        earlyMillis
            - Math.floorMod(
                Math.floorMod(from, earlyMillis) - Math.floorMod(start, earlyMillis), earlyMillis);
    return from > Long.MAX_VALUE - behind ? Long.MAX_VALUE : from + behind;
  }

  /** Whether a window sends a row for each that it takes, when the watermark is where it is. */
  boolean sendsForRow(boolean hasEnded) {
    return results == Results.CHANGES || (results == Results.ON_CLOSE && hasEnded);
  }

  /**
   * Whether a window sends its groups when something is due.
   *
   * @param hadEnded whether the watermark had reached its end before
   */
  boolean sendsWhenDue(boolean hadEnded) {
    return results == Results.FINAL || (results == Results.ON_CLOSE && !hadEnded);
  }
}
