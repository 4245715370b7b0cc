package io.millrace.engine.overload;

import io.millrace.engine.connect.StreamOptions;
import io.millrace.runtime.source.ShedPolicy;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of one stream that were left out. They are counted, and logged every ten seconds at
 * most. Thread-safe.
 */
public final class ShedRows implements ShedPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(ShedRows.class);
  private static final long LOG_INTERVAL_MILLIS = 10_000;
  private final String job;
  private final String stream;
  private final Duration lag;
  private final Clock clock;
  private long count;
  private long logged;
  private long lastLogged = Long.MIN_VALUE;

  public ShedRows(String job, String stream, Duration lag, Clock clock) {
    this.job = job;
    this.stream = stream;
    this.lag = lag;
    this.clock = clock;
  }

  @Override
  public long oldestTaken(Clock source) {
    return source.millis() - lag.toMillis();
  }

  @Override
  public synchronized void shed(int rows) {
    count += rows;
    long now = clock.millis();
    if (lastLogged == Long.MIN_VALUE || now - lastLogged >= LOG_INTERVAL_MILLIS) {
      LOG.warn(
          "job '{}' is overloaded: {} of '{}' left out, {} in all ('{}' = 'shed')",
          job,
          rowsText(count - logged),
          stream,
          count,
          StreamOptions.OVERLOAD);
      lastLogged = now;
      logged = count;
    }
  }

  private static String rowsText(long rows) {
    return rows == 1 ? "1 row" : rows + " rows";
  }

  /** How many rows were left out. */
  public synchronized long count() {
    return count;
  }
}
