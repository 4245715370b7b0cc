package io.millrace.connectors.kafka;

import io.millrace.spi.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Says when the brokers have fallen silent while an answer is due, at most once a minute, and when
 * they are back. Kafka's clients try again by themselves and for ever. Used by one thread.
 */
final class BrokerWatch {
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(5);
  private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

  /** A check after a longer time than this may come before the answers of that time were read. */
  private static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(1);

  private final Clock clock;
  private final @Nullable Metric bytesReceived;
  private double lastReceived;
  private long lastCheck;
  private long silence;
  private long unsaid;
  private boolean silent;

  /**
   * Watches a client.
   *
   * @param metrics the metrics of the client
   */
  BrokerWatch(Clock clock, Map<MetricName, ? extends Metric> metrics) {
    this.clock = clock;
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
   * @return what is worth saying, if anything
   */
  Optional<String> check(boolean answerDue) {
    Metric metric = bytesReceived;
    if (metric == null) {
      return Optional.empty();
    }
    long now = clock.nanos();
    long step = Math.min(now - lastCheck, LONGEST_STEP);
    lastCheck = now;
    double received = (Double) metric.metricValue();
    if (received != lastReceived) {
      lastReceived = received;
      return speak();
    }
    if (!answerDue) {
      return Optional.empty();
    }
    silence += step;
    unsaid += step;
    if (silence < SILENCE || (silent && unsaid < BETWEEN_LINES)) {
      return Optional.empty();
    }
    silent = true;
    unsaid = 0;
    return Optional.of(
        "no answer for " + TimeUnit.NANOSECONDS.toSeconds(silence) + " s, still trying");
  }

  private Optional<String> speak() {
    Optional<String> line =
        silent
            ? Optional.of("answers again after " + TimeUnit.NANOSECONDS.toSeconds(silence) + " s")
            : Optional.empty();
    silent = false;
    silence = 0;
    return line;
  }
}
