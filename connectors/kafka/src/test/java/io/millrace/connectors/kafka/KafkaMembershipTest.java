package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.PartMoves;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.junit.jupiter.api.Test;

final class KafkaMembershipTest {
  private static final PartMoves NOBODY =
      new PartMoves() {
        @Override
        public void given(Set<Integer> numbers) {}

        @Override
        public void taken(Set<Integer> numbers) {}

        @Override
        public void lost(Set<Integer> numbers) {}
      };

  private final VirtualClock clock = new VirtualClock();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final KafkaMembership membership = membership();

  private KafkaMembership membership() {
    StreamDefinition stream =
        StreamFixture.of(new Field("v", DataType.STRING))
            .withConnector(new KafkaConnector())
            .with("topic", "trades")
            .definition();
    KafkaOptions options = KafkaOptions.of(stream, "job");
    return new KafkaMembership(
        consumer,
        MemberSettings.of(options, "job", "meaning"),
        KafkaErrors.ofJob("job", options),
        clock,
        "trades",
        4);
  }

  private void pollRefused() {
    consumer.setPollException(new InconsistentGroupProtocolException("another assignor"));
    membership.poll(Duration.ZERO, NOBODY);
  }

  @Test
  void shouldFailWhenAnotherScriptStaysThoughSomeAnswersAreSlow() {
    pollRefused();
    clock.advance(Duration.ofSeconds(15));
    membership.poll(Duration.ZERO, NOBODY); // returns before the group has answered
    clock.advance(Duration.ofSeconds(15));

    assertThatThrownBy(this::pollRefused)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("another process runs a job of this name with another script");
  }

  @Test
  void shouldWaitAnewWhenTheGroupHasTakenItInMeanwhile() {
    pollRefused();
    clock.advance(Duration.ofSeconds(15));
    consumer.rebalance(List.of());
    membership.poll(Duration.ZERO, NOBODY);
    clock.advance(Duration.ofSeconds(15));

    assertThatCode(this::pollRefused).doesNotThrowAnyException();
  }
}
