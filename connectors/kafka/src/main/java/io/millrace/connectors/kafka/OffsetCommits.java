package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the offsets that the engine acknowledges, one request at a time and without waiting. A
 * commit that fails is tried again before the next fetch and at the end; until then a restart reads
 * more records again, and loses none.
 */
final class OffsetCommits {
  private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);

  private final Consumer<byte[], byte[]> consumer;
  private final String group;
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final Map<TopicPartition, Long> wanted = new HashMap<>();
  private boolean inFlight;
  private boolean failing;

  OffsetCommits(Consumer<byte[], byte[]> consumer, String group) {
    this.consumer = consumer;
    this.group = group;
  }

  /** Notes that everything before this offset is done with. */
  void want(TopicPartition partition, long offset) {
    wanted.put(partition, offset);
  }

  /** Sends what is wanted and not committed, unless a commit is on its way. */
  void send() {
    Map<TopicPartition, OffsetAndMetadata> open = open();
    if (inFlight || open.isEmpty()) {
      return;
    }
    inFlight = true;
    try {
      consumer.commitAsync(open, this::answered);
    } catch (KafkaException e) {
      answered(open, e);
    }
  }

  /** Commits what is left, and waits for it no longer than {@code timeout}. */
  void finish(Duration timeout) {
    Map<TopicPartition, OffsetAndMetadata> open = open();
    if (open.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(open, timeout);
      done(open);
    } catch (KafkaException e) {
      LOG.warn(
          "could not commit the last offsets of group '{}': {}; the next start reads the records"
              + " behind the offsets before again",
          group,
          KafkaErrors.text(e));
    }
  }

  private void answered(Map<TopicPartition, OffsetAndMetadata> offsets, Exception error) {
    inFlight = false;
    if (error == null) {
      done(offsets);
      failing = false;
    } else if (!failing) {
      failing = true;
      LOG.warn(
          "could not commit offsets of group '{}': {}; still trying",
          group,
          KafkaErrors.text(error));
    }
  }

  private void done(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
  }

  private Map<TopicPartition, OffsetAndMetadata> open() {
    Map<TopicPartition, OffsetAndMetadata> open = new HashMap<>();
    wanted.forEach(
        (partition, offset) -> {
          if (!offset.equals(committed.get(partition))) {
            open.put(partition, new OffsetAndMetadata(offset));
          }
        });
    return open;
  }
}
