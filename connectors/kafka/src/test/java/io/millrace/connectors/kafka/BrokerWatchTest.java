package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {
  private final VirtualClock clock = new VirtualClock();
  private final BytesReceived received = new BytesReceived();
  private final BrokerWatch watch = new BrokerWatch(clock, Map.of(received.metricName(), received));

  /** Checks every half second and gives the last line. */
  private String checkFor(int seconds, boolean answerDue) {
    String last = "";
    for (int i = 0; i < 2 * seconds; i++) {
      clock.advance(Duration.ofMillis(500));
      last = watch.check(answerDue).orElse(last);
    }
    return last;
  }

  @Test
  void shouldSayThatBrokerIsSilentWhenNothingCameForFiveSeconds() {
    assertThat(checkFor(4, true)).isEmpty();
    assertThat(checkFor(1, true)).isEqualTo("no answer for 5 s, still trying");
  }

  @Test
  void shouldRepeatOnceAMinuteWhenBrokerStaysAway() {
    checkFor(5, true);

    assertThat(checkFor(59, true)).isEmpty();
    assertThat(checkFor(1, true)).isEqualTo("no answer for 65 s, still trying");
  }

  @Test
  void shouldSayThatBrokerIsBackWhenBytesCome() {
    checkFor(12, true);
    received.bytes = 100;

    assertThat(watch.check(true)).contains("answers again after 12 s");
    assertThat(watch.check(true)).isEmpty();
  }

  @Test
  void shouldSayNothingWhenNoAnswerIsDue() {
    assertThat(checkFor(100, false)).isEmpty();
  }

  @Test
  void shouldSayNothingWhenThereWasALongTimeBetweenTwoChecks() {
    clock.advance(Duration.ofMillis(60_000));

    assertThat(watch.check(true)).isEmpty();
  }

  @Test
  void shouldSayNothingWhenClientHasNoMetrics() {
    assertThat(new BrokerWatch(clock, Map.of()).check(true)).isEmpty();
  }

  /** How many bytes a client has received, as a test sets it. */
  private static final class BytesReceived implements Metric {
    private double bytes;

    @Override
    public MetricName metricName() {
      return new MetricName("incoming-byte-total", "consumer-metrics", "", Map.of());
    }

    @Override
    public Object metricValue() {
      return bytes;
    }
  }
}
