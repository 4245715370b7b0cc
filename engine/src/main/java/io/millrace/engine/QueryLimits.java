package io.millrace.engine;

import io.millrace.spi.error.MillraceException;
import java.time.Duration;

/**
 * How much an on-demand query may take of the engine, whose rows wait meanwhile.
 *
 * @param rows how many rows its answer has at most
 * @param time how long it may wait for rows that are on their way, and how long it may then take
 */
public record QueryLimits(long rows, Duration time) {
  /** Of a program that knows what it asks for. */
  static final QueryLimits NONE = new QueryLimits(Long.MAX_VALUE, Duration.ofDays(10_000));

  /** What an answer that takes time checks now and then. */
  Watch watch(long startNanos) {
    return new Watch(this, startNanos);
  }

  /** The limits of a query that has begun. */
  record Watch(QueryLimits limits, long startNanos) {
    void checkTime(long nanos) {
      if (nanos - startNanos > limits.time.toNanos()) {
        throw new MillraceException(
            "the query takes more than "
                + limits.time.toSeconds()
                + " s: ask for a key, or for what a table of the script has computed already");
      }
    }

    void checkRows(long rows) {
      if (rows > limits.rows) {
        throw new MillraceException(
            "the answer has more than "
                + limits.rows
                + " rows: ask for fewer with WHERE, with GROUP BY, or with ORDER BY … LIMIT");
      }
    }
  }
}
