package io.millrace.connectors.kafka;

import io.millrace.spi.connector.SourcePositions;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What the sources of a job on one cluster have read, as offsets of their groups. A table has none,
 * since it is read from its start each time.
 */
final class ConsumedOffsets {
  private final String job;
  private final String cluster;

  /**
   * @param cluster the cluster, as {@link SystemName#cluster} names it
   */
  ConsumedOffsets(String job, String cluster) {
    this.job = job;
    this.cluster = cluster;
  }

  /** The offsets to commit, by group. */
  Map<String, Map<TopicPartition, OffsetAndMetadata>> byGroup(List<SourcePositions> sources) {
    Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = new HashMap<>();
    for (SourcePositions source : sources) {
      if (isHere(source.stream())) {
        Map<TopicPartition, OffsetAndMetadata> offsets =
            groups.computeIfAbsent(
                KafkaOptions.group(source.stream(), job), ignored -> new HashMap<>());
        for (int i = 0; i < source.partitions().size(); i++) {
          if (ExchangeTopic.isLane(source.partitions().get(i))) {
            addLane(source.partitions().get(i), source.positions().get(i), groups);
            continue;
          }
          long offset = Long.parseLong(source.positions().get(i));
          offsets.put(partition(source.partitions().get(i)), new OffsetAndMetadata(offset));
        }
      }
    }
    groups.values().removeIf(Map::isEmpty);
    return groups;
  }

  /** Of an internal topic that counts which was read least, of what the parts have sent. */
  private static void addLane(
      String lane, String position, Map<String, Map<TopicPartition, OffsetAndMetadata>> groups) {
    TopicPartition partition = partition(ExchangeTopic.partitionOf(lane));
    groups
        .computeIfAbsent(partition.topic(), ignored -> new HashMap<>())
        .merge(
            partition,
            new OffsetAndMetadata(Long.parseLong(position)),
            (one, other) -> one.offset() <= other.offset() ? one : other);
  }

  private boolean isHere(StreamDefinition stream) {
    Options options = stream.options();
    return options.isGiven("connector")
        && options.getString("connector").equalsIgnoreCase(KafkaConnector.NAME)
        && !stream.isTable()
        && SystemName.cluster(stream).equals(cluster);
  }

  /** Reads {@code topic-number}, as {@link KafkaSource#partitions} names it. */
  private static TopicPartition partition(String name) {
    int dash = name.lastIndexOf('-');
    return new TopicPartition(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
  }
}
