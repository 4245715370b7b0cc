package io.millrace.language.plan;

import io.millrace.language.expression.ExpressionPrinter;

/**
 * Which results of a window that closes are sent, of each window and group one after the other
 * (LANGUAGE 5.1).
 *
 * @param earlyMillis how far apart from the window's start on there are estimates before its end; 0
 *     for none
 * @param withRetractions whether what a row replaces is sent before it, and rows have their kinds
 */
public record Revisions(Results results, long earlyMillis, boolean withRetractions) {
  /** What is sent beside estimates. */
  public enum Results {
    /** The last word, when no event can change it. */
    FINAL("final"),
    /** One when the watermark has reached the end, then one for each event within the grace. */
    ON_CLOSE("on close"),
    /** One for each event. */
    CHANGES("each row");

    private final String text;

    Results(String text) {
      this.text = text;
    }
  }

  /** As EMIT says it. */
  String text() {
    return (earlyMillis == 0 ? "" : "early every " + ExpressionPrinter.duration(earlyMillis) + " ")
        + results.text
        + (withRetractions ? " with retractions" : "");
  }
}
