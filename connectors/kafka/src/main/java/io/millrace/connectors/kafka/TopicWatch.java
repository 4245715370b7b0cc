package io.millrace.connectors.kafka;

import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when a topic that is being read got more partitions or has been deleted. It asks
 * what the consumer knows anyway, twice a minute.
 */
final class TopicWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(30);
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final Map<String, Integer> known = new HashMap<>();
  private long lastCheck;

  TopicWatch(Consumer<byte[], byte[]> consumer, Clock clock, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.clock = clock;
    this.lastCheck = clock.nanos();
    partitions.forEach(partition -> known.merge(partition.topic(), 1, Integer::sum));
  }

  /** Looks, if it is time to. */
  void check() {
    if (clock.nanos() - lastCheck < INTERVAL) {
      return;
    }
    lastCheck = clock.nanos();
    known.replaceAll(this::compare);
  }

  private int compare(String topic, int before) {
    int now;
    try {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic, TIMEOUT);
      now = partitions == null ? 0 : partitions.size();
    } catch (KafkaException ignored) { // the broker is away, which BrokerWatch says
      return before;
    }
    if (now > before) {
      LOG.warn(
          "topic '{}' has {} partitions now, {} more than this job reads; restart it to read all",
          topic,
          now,
          now - before);
    } else if (now == 0 && before > 0) {
      LOG.warn("topic '{}' has been deleted; waiting for it to come back", topic);
    }
    return now;
  }
}
