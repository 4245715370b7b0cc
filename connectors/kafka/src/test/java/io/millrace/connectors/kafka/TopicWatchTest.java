package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicWatchTest {
  private final VirtualClock clock = new VirtualClock();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final StreamDefinition stream =
      StreamFixture.of(new Field("v", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "trades")
          .definition();
  private TopicWatch watch = watch(null, 0, 1);

  private TopicWatch watch(@Nullable JobPart part, int... partitions) {
    return new TopicWatch(
        consumer,
        KafkaErrors.ofStream("Trades", KafkaOptions.of(stream, "job")),
        clock,
        IntStream.of(partitions).mapToObj(i -> new TopicPartition("trades", i)).toList(),
        part);
  }

  private List<String> checkWithPartitions(int count) {
    return checkWithPartitions(count, Set.of());
  }

  private List<String> checkWithPartitions(int count, Set<Integer> leaderless) {
    consumer.updatePartitions(
        "trades",
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new PartitionInfo(
                        "trades",
                        i,
                        leaderless.contains(i) ? Node.noNode() : new Node(1, "localhost", 9092),
                        new Node[0],
                        new Node[0]))
            .toList());
    clock.advance(Duration.ofMillis(30_000));
    return watch.check();
  }

  @Test
  void shouldSayNothingWhenNothingChanged() {
    assertThat(checkWithPartitions(2)).isEmpty();
  }

  @Test
  void shouldSaySoOnceWhenTopicHasMorePartitions() {
    assertThat(checkWithPartitions(5))
        .containsExactly(
            "topic 'trades' has 5 partitions now, 3 more than before; restart the job to read all"
                + " of them");
    assertThat(checkWithPartitions(5)).isEmpty();
  }

  @Test
  void shouldSayNothingOfPartitionsThatOtherPartsOfTheJobRead() {
    watch = watch(new JobPart(2, 4, stream), 2);

    assertThat(checkWithPartitions(4)).isEmpty();
  }

  @Test
  void shouldFailWhenTopicOfASharedJobHasMorePartitions() {
    watch = watch(new JobPart(2, 4, stream), 2);

    assertThatThrownBy(() -> checkWithPartitions(5))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "topic 'trades' no longer has the 4 partitions that the shared job began with");
  }

  @Test
  void shouldSaySoWhenTopicIsDeleted() {
    assertThat(checkWithPartitions(0))
        .containsExactly("topic 'trades' has been deleted; waiting for it to come back");
  }

  @Test
  void shouldSaySoOnceWhenPartitionsHaveNoLeaderAndWhenTheyHaveOneAgain() {
    assertThat(checkWithPartitions(2, Set.of(1)))
        .containsExactly("no broker leads trades-1; waiting for a broker that has their records");
    assertThat(checkWithPartitions(2, Set.of(1))).isEmpty();
    assertThat(checkWithPartitions(2, Set.of(0, 1)))
        .containsExactly("no broker leads trades-0; waiting for a broker that has their records");
    assertThat(checkWithPartitions(2, Set.of(0))).containsExactly("trades-1 can be read again");
  }

  @Test
  void shouldSayNothingOfLeadersOfPartitionsThatOtherPartsOfTheJobRead() {
    watch = watch(new JobPart(2, 4, stream), 2);

    assertThat(checkWithPartitions(4, Set.of(0, 1, 3))).isEmpty();
  }

  @Test
  void shouldWaitHalfAMinuteWhenItHasLooked() {
    checkWithPartitions(2);
    consumer.updatePartitions("trades", List.of());
    clock.advance(Duration.ofMillis(29_999));

    assertThat(watch.check()).isEmpty();
  }
}
