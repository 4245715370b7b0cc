package io.millrace.connectors.kafka;

import io.millrace.spi.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when the brokers have fallen silent while an answer is due, at most once a
 * minute, and when they are back. Kafka's clients try again by themselves and for ever. Used by one
 * thread.
 */
final class BrokerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(5);
  private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

  /** A check after a longer time than this may come before the answers of that time were read. */
  private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(1);

  private final Clock clock;
  private final String what;
  private final @Nullable Metric bytesReceived;
  private double lastReceived;
  private long lastCheck;
  private long silence;
  private long unsaid;
  private boolean silent;

  /**
   * Watches a client.
   *
   * @param what who is waiting for whom, as the log names it
   * @param metrics the metrics of the client
   */
  BrokerWatch(Clock clock, String what, Map<MetricName, ? extends Metric> metrics) {
    this.clock = clock;
    this.what = what;
    this.lastCheck = clock.nanos();
    this.bytesReceived =
        metrics.values().stream()
            .filter(metric -> metric.metricName().name().equals("incoming-byte-total"))
            .filter(metric -> !metric.metricName().tags().containsKey("node-id"))
            .findFirst()
            .orElse(null);
  }

  /**
   * Looks whether something has been received since the last check.
   *
   * @param answerDue whether the client waits for an answer
   */
  void check(boolean answerDue) {
    long now = clock.nanos();
    long step = Math.min(now - lastCheck, LONGEST_STEP);
    lastCheck = now;
    double received = bytesReceived == null ? 0 : (Double) bytesReceived.metricValue();
    if (bytesReceived == null || !answerDue || received != lastReceived) {
      if (silent && received != lastReceived) {
        LOG.info("{}: answers again after {} s", what, TimeUnit.NANOSECONDS.toSeconds(silence));
        silent = false;
      }
      silence = silent ? silence : 0;
      lastReceived = received;
      return;
    }
    silence += step;
    unsaid += step;
    if (silence >= SILENCE && (!silent || unsaid >= BETWEEN_LINES)) {
      LOG.warn(
          "{}: no answer for {} s, still trying", what, TimeUnit.NANOSECONDS.toSeconds(silence));
      silent = true;
      unsaid = 0;
    }
  }
}
