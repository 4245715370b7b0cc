package io.millrace.connectors.kafka;

import io.millrace.spi.connector.JobPart;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Says when a topic that is being read got more partitions or has been deleted, and when partitions
 * have lost their leader, for which a consumer waits in silence. It asks what the consumer knows
 * anyway, twice a minute. A part of a shared job fails when a topic has more partitions, as keys
 * have moved to other ones then. Used by one thread.
 */
final class TopicWatch {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(30);
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final KafkaErrors errors;
  private final boolean isShared;
  private final Map<String, Integer> known = new HashMap<>();
  private final Set<TopicPartition> read;
  private Set<TopicPartition> leaderless = Set.of();
  private long lastCheck;

  /**
   * @param part that of a shared job which reads the partitions; null if all partitions of the
   *     topics are read
   */
  TopicWatch(
      Consumer<byte[], byte[]> consumer,
      KafkaErrors errors,
      Clock clock,
      List<TopicPartition> partitions,
      @Nullable JobPart part) {
    this.consumer = consumer;
    this.errors = errors;
    this.clock = clock;
    this.lastCheck = clock.nanos();
    this.isShared = part != null;
    this.read = Set.copyOf(partitions);
    for (TopicPartition partition : partitions) {
      if (part == null) {
        known.merge(partition.topic(), 1, Integer::sum);
      } else {
        known.put(partition.topic(), part.count());
      }
    }
  }

  /**
   * Looks, if it is time to, and gives what is worth saying.
   *
   * @throws MillraceException if a part of a shared job cannot go on
   */
  List<String> check() {
    if (clock.nanos() - lastCheck < INTERVAL) {
      return List.of();
    }
    lastCheck = clock.nanos();
    List<String> lines = new ArrayList<>();
    Set<TopicPartition> without = new HashSet<>();
    known.replaceAll((topic, before) -> compare(topic, before, without, lines));
    compareLeaders(without, lines);
    return lines;
  }

  /**
   * Gives the number of partitions now.
   *
   * @param without gets the partitions that have no leader
   */
  private int compare(String topic, int before, Set<TopicPartition> without, List<String> lines) {
    List<PartitionInfo> partitions;
    try {
      partitions = consumer.partitionsFor(topic, TIMEOUT);
    } catch (KafkaException ignored) { // the broker is away, which BrokerWatch says
      return before;
    }
    int now = partitions == null ? 0 : partitions.size();
    if (now == 0 && before > 0) {
      lines.add("topic '" + topic + "' has been deleted; waiting for it to come back");
    } else if (now > before && isShared) {
      throw errors.of(SharedTopics.hasChanged(topic, before));
    } else if (now > before) {
      lines.add(
          "topic '"
              + topic
              + "' has "
              + now
              + " partitions now, "
              + (now - before)
              + " more than before; restart the job to read all of them");
    }
    if (partitions != null) {
      partitions.stream()
          .filter(partition -> partition.leader() == null || partition.leader().isEmpty())
          .map(partition -> new TopicPartition(topic, partition.partition()))
          .filter(read::contains)
          .forEach(without::add);
    }
    return now;
  }

  private void compareLeaders(Set<TopicPartition> without, List<String> lines) {
    names(without, leaderless)
        .ifPresent(
            names ->
                lines.add(
                    "no broker leads " + names + "; waiting for a broker that has their records"));
    names(leaderless, without).ifPresent(names -> lines.add(names + " can be read again"));
    leaderless = without;
  }

  /** The partitions that are in one set only, in order; empty if there are none. */
  private static Optional<String> names(Set<TopicPartition> in, Set<TopicPartition> butNotIn) {
    List<String> names =
        in.stream()
            .filter(partition -> !butNotIn.contains(partition))
            .sorted(
                Comparator.comparing(TopicPartition::topic)
                    .thenComparingInt(TopicPartition::partition))
            .map(TopicPartition::toString)
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }
}
