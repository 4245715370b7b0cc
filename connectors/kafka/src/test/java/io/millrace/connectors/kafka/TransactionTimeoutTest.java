package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.StreamFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionTimeoutTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("v", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "t");

  private static KafkaOptions options(StreamFixture stream) {
    return KafkaOptions.of(stream.definition(), "j");
  }

  private static KafkaErrors errors() {
    return KafkaErrors.ofJob("j", options(STREAM));
  }

  private static Duration find(StreamFixture stream) {
    return TransactionTimeout.of(LONGEST, options(stream).clients(), errors());
  }

  @Test
  void shouldLeaveMarginWhenNothingIsGiven() {
    assertThat(find(STREAM)).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void shouldTakeWhatIsGivenWhenItIsLongEnough() {
    assertThat(find(STREAM.with("kafka.transaction.timeout.ms", "60001")))
        .isEqualTo(Duration.ofMillis(60_001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"60000", "-1", "long"})
  void shouldRefuseWhenWhatIsGivenIsTooShort(String given) {
    assertThatThrownBy(() -> find(STREAM.with("kafka.transaction.timeout.ms", given)))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'j': option 'kafka.transaction.timeout.ms' = '"
                + given
                + "' is too short: an interval with its snapshot may take 60000 ms; leave the"
                + " option out, or give more than that");
  }

  @Test
  void shouldRefuseWhenBrokersAllowLess() {
    assertThatThrownBy(
            () ->
                TransactionTimeout.check(
                    Duration.ofMillis(900_001), LONGEST, Duration.ofMinutes(15), errors()))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'j': a transaction needs a 'transaction.timeout.ms' of 900001, since an interval"
                + " with its snapshot may take 60000 ms, but Kafka at 'localhost:9092' has a"
                + " 'transaction.max.timeout.ms' of 900000; make intervals shorter, raise the"
                + " brokers' maximum, or give a smaller option 'kafka.transaction.timeout.ms'");
  }
}
