package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicWatchTest {
  private final VirtualClock clock = new VirtualClock();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final TopicWatch watch =
      new TopicWatch(
          consumer,
          clock,
          List.of(new TopicPartition("trades", 0), new TopicPartition("trades", 1)));

  private List<String> checkWithPartitions(int count) {
    consumer.updatePartitions(
        "trades",
        IntStream.range(0, count)
            .mapToObj(i -> new PartitionInfo("trades", i, Node.noNode(), new Node[0], new Node[0]))
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
  void shouldSaySoWhenTopicIsDeleted() {
    assertThat(checkWithPartitions(0))
        .containsExactly("topic 'trades' has been deleted; waiting for it to come back");
  }

  @Test
  void shouldWaitHalfAMinuteWhenItHasLooked() {
    checkWithPartitions(2);
    consumer.updatePartitions("trades", List.of());
    clock.advance(Duration.ofMillis(29_999));

    assertThat(watch.check()).isEmpty();
  }
}
