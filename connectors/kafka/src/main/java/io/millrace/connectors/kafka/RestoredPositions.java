package io.millrace.connectors.kafka;

import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Positions of a snapshot to which a source was sought, and which are checked against what the
 * cluster has before anything is read from there.
 *
 * <p>A partition that has no position, though others of its topic have one, came into being after
 * the snapshot was taken: it is read from its first record, whatever the start point is. Used by
 * one thread.
 */
final class RestoredPositions {
  private final Consumer<byte[], byte[]> consumer;
  private final Duration timeout;
  private final KafkaErrors errors;

  /** Whether the broker is to be followed where it no longer has a position. */
  private final boolean resets;

  private final Map<TopicPartition, Long> sought = new HashMap<>();
  private boolean isFirst = true;

  RestoredPositions(Consumer<byte[], byte[]> consumer, KafkaOptions options, KafkaErrors errors) {
    this.consumer = consumer;
    this.timeout = options.connectTimeout();
    this.errors = errors;
    this.resets = options.clients().resetsOffsets();
  }

  void add(TopicPartition partition, long offset) {
    sought.put(partition, offset);
  }

  boolean isEmpty() {
    return sought.isEmpty();
  }

  /**
   * Checks what was sought since the last call, and says where partitions begin that were added
   * since the snapshot; these at the first call only.
   *
   * @param partitions all that the source reads
   * @throws MillraceException if a position is not there
   */
  Map<TopicPartition, Long> settle(Set<TopicPartition> partitions) {
    try {
      if (!resets) {
        check();
      }
      Map<TopicPartition, Long> starts = isFirst ? beginnings(partitions) : Map.of();
      isFirst = false;
      sought.clear();
      return starts;
    } catch (KafkaException e) {
      throw errors.of("cannot find the positions of the snapshot", e);
    }
  }

  private Map<TopicPartition, Long> beginnings(Set<TopicPartition> partitions) {
    Set<String> topics = new HashSet<>();
    sought.keySet().forEach(partition -> topics.add(partition.topic()));
    List<TopicPartition> others =
        partitions.stream()
            .filter(partition -> topics.contains(partition.topic()))
            .filter(partition -> !sought.containsKey(partition))
            .toList();
    if (others.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(others, timeout);
    StartPositions.learnEnds(consumer, others, timeout);
    return beginnings;
  }

  private void check() {
    Map<TopicPartition, Long> firsts = consumer.beginningOffsets(sought.keySet(), timeout);
    Map<TopicPartition, Long> ends = consumer.endOffsets(sought.keySet(), timeout);
    sought.forEach(
        (partition, offset) -> {
          long first = firsts.getOrDefault(partition, 0L);
          long end = ends.getOrDefault(partition, Long.MAX_VALUE);
          if (offset < first) {
            throw errors.of(
                position(partition, offset)
                    + " is before the first offset "
                    + first
                    + " that is still there: the broker has deleted records that were not read yet;"
                    + " keep the topic's records for longer, or go on with what is left by"
                    + " 'kafka.auto.offset.reset' = 'earliest'");
          }
          if (offset > end) {
            throw errors.of(
                position(partition, offset)
                    + " is behind the end "
                    + end
                    + " of the partition: the topic is not the one that was read, or has lost"
                    + " records; begin without the snapshot");
          }
        });
  }

  private static String position(TopicPartition partition, long offset) {
    return "the snapshot's position " + offset + " in '" + partition + "'";
  }
}
