package io.millrace.connectors.kafka;

import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where a source begins: at what its group has committed, else at its start point. A table begins
 * at its start point always, since half of its rows would be another table.
 */
final class StartPositions {
  private final Consumer<byte[], byte[]> consumer;
  private final KafkaOptions options;
  private final KafkaErrors errors;

  StartPositions(Consumer<byte[], byte[]> consumer, KafkaOptions options, KafkaErrors errors) {
    this.consumer = consumer;
    this.options = options;
    this.errors = errors;
  }

  /**
   * The offset of the first record to read, for each of the partitions.
   *
   * @throws MillraceException if the cluster does not tell
   */
  Map<TopicPartition, Long> find(List<TopicPartition> partitions, boolean isTable) {
    try {
      Map<TopicPartition, Long> found = new HashMap<>();
      if (!isTable) {
        addCommitted(partitions, found);
      }
      List<TopicPartition> others = new ArrayList<>(partitions);
      others.removeAll(found.keySet());
      if (!others.isEmpty()) {
        addStart(others, found);
        learnEnds(consumer, others, timeout());
      }
      return found;
    } catch (KafkaException e) {
      throw errors.of(
          "cannot find where to begin in topic '" + options.topics().describe() + "'", e);
    }
  }

  private void addCommitted(List<TopicPartition> partitions, Map<TopicPartition, Long> found) {
    Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
        consumer.committed(new HashSet<>(partitions), timeout());
    committed.forEach(
        (partition, offset) -> {
          if (offset != null) {
            found.put(partition, offset.offset());
          }
        });
  }

  private void addStart(List<TopicPartition> partitions, Map<TopicPartition, Long> found) {
    if (options.start() == StartPoint.Edge.EARLIEST) {
      found.putAll(consumer.beginningOffsets(partitions, timeout()));
      return;
    }
    found.putAll(consumer.endOffsets(partitions, timeout()));
    if (options.start() instanceof StartPoint.At at) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, at.millis()));
      consumer
          .offsetsForTimes(times, timeout())
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  found.put(partition, offset.offset());
                }
              });
    }
  }

  /**
   * Has the consumer know the ends of partitions, until it has fetched from them. It takes any
   * offset that it was told for the end, that of the beginning too, and would say that a partition
   * has nothing more: see {@link Consumer#currentLag}.
   */
  static void learnEnds(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Duration timeout) {
    consumer.endOffsets(partitions, timeout);
  }

  private Duration timeout() {
    return options.connectTimeout();
  }
}
