package io.millrace.connectors.kafka;

import io.millrace.spi.connector.JobPart;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Says when a topic that is being read got more partitions or has been deleted. It asks what the
 * consumer knows anyway, twice a minute. A part of a shared job fails when one has more, as keys
 * have moved to other partitions then. Used by one thread.
 */
final class TopicWatch {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(30);
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final KafkaErrors errors;
  private final boolean isShared;
  private final Map<String, Integer> known = new HashMap<>();
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
    known.replaceAll((topic, before) -> compare(topic, before, lines));
    return lines;
  }

  /** Gives the number of partitions now. */
  private int compare(String topic, int before, List<String> lines) {
    int now = count(topic, before);
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
    return now;
  }

  private int count(String topic, int before) {
    try {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic, TIMEOUT);
      return partitions == null ? 0 : partitions.size();
    } catch (KafkaException ignored) { // the broker is away, which BrokerWatch says
      return before;
    }
  }
}
