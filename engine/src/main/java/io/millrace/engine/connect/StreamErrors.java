package io.millrace.engine.connect;

import io.millrace.runtime.source.RecordPolicy;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The error policy of one stream, for records that cannot be decoded and for rows of its queries
 * whose expressions fail. Skipped ones are counted, and logged once a second at most.
 */
public final class StreamErrors implements RecordPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(StreamErrors.class);
  private static final long LOG_INTERVAL_MILLIS = 1_000;
  private final String stream;
  private final ErrorMode mode;
  private final @Nullable DeadLetters deadLetters;
  private final Clock clock;
  private final ErrorCounts counts = new ErrorCounts();
  private long lastLogged = Long.MIN_VALUE;
  private long unlogged;

  StreamErrors(String stream, ErrorMode mode, @Nullable DeadLetters deadLetters, Clock clock) {
    this.stream = stream;
    this.mode = mode;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  public ErrorCounts counts() {
    return counts;
  }

  @Override
  public void rejected(
      RecordOrigin origin, long recordTime, byte[] bytes, int offset, int length, String error) {
    counts.countRejected();
    decide("record " + origin.describe() + " of '" + stream + "' cannot be read: " + error);
    if (deadLetters != null) {
      deadLetters.add(origin.describe(), recordTime, error, bytes, offset, length);
    }
  }

  @Override
  public void empty() {
    counts.countEmpty();
  }

  /**
   * An expression of a query failed for a row.
   *
   * @throws MillraceException if the policy is to stop
   */
  public void failed(String query, Batch batch, int row, String error) {
    counts.countFailed();
    String text = RowText.of(batch, row);
    decide("a row of '" + query + "' failed: " + error + ": " + text);
    if (deadLetters != null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      deadLetters.add("query " + query, batch.rowtimes()[row], error, bytes, 0, bytes.length);
    }
  }

  public void flush() {
    if (deadLetters != null) {
      deadLetters.flush();
    }
  }

  public void close() {
    if (deadLetters != null) {
      deadLetters.close();
    }
  }

  private void decide(String message) {
    if (mode == ErrorMode.FAIL) {
      throw new MillraceException(message + " ('" + StreamOptions.ON_ERROR + "' = 'fail')");
    }
    long now = clock.millis();
    if (now - lastLogged >= LOG_INTERVAL_MILLIS || lastLogged == Long.MIN_VALUE) {
      LOG.warn(
          "{}{}",
          message,
          unlogged == 0 ? "" : " (and " + unlogged + " more since the last message)");
      lastLogged = now;
      unlogged = 0;
    } else {
      unlogged++;
    }
  }
}
