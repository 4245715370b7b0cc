package io.millrace.connectors.kafka;

import io.millrace.connectors.kafka.KafkaOptions.TopicCreation;
import io.millrace.spi.connector.Exchange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes the internal topics of a shared job. Their records are kept until they have been read:
 * neither age nor size removes them, but {@link ExchangePurge} does.
 */
final class ExchangeTopics {
  private static final Map<String, String> CONFIGURATION =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.RETENTION_BYTES_CONFIG,
          "-1",
          // What was deleted gives room back by segments.
          TopicConfig.SEGMENT_BYTES_CONFIG,
          String.valueOf(50 * 1024 * 1024));

  private ExchangeTopics() {}

  /** See {@link KafkaConnector#prepare}. */
  static void prepare(List<Exchange> exchanges, String job, int parts) {
    for (Exchange exchange : exchanges) {
      KafkaOptions options = KafkaOptions.ofExchange(exchange, job);
      KafkaErrors errors = KafkaErrors.ofJob(job, options);
      NewTopic wanted =
          new NewTopic(
                  ExchangeTopic.name(exchange, job),
                  Optional.of(parts),
                  options.creation().flatMap(TopicCreation::replication))
              .configs(CONFIGURATION);
      try (Cluster cluster = Cluster.connect(options, errors)) {
        check(wanted, cluster.ensure(wanted), parts, errors);
      }
      awaitPartitions(wanted.name(), parts, options, errors);
    }
  }

  /**
   * Waits until the partitions can be written: before that, a broker may take the second of two
   * batches that are on their way, and then never the first. A consumer asks until it is told.
   */
  private static void awaitPartitions(
      String topic, int parts, KafkaOptions options, KafkaErrors errors) {
    List<TopicPartition> all =
        IntStream.range(0, parts).mapToObj(part -> new TopicPartition(topic, part)).toList();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            options.clients().exchangeConsumer(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.endOffsets(all, options.connectTimeout());
    } catch (KafkaException e) {
      throw errors.of("cannot read internal topic '" + topic + "'", e);
    }
  }

  private static void check(NewTopic wanted, int found, int parts, KafkaErrors errors) {
    if (found != parts) {
      throw errors.of(
          "its internal topic '"
              + wanted.name()
              + "' has "
              + found
              + " partitions, and the topics that it reads have "
              + parts
              + ": rows would not find the state of their groups. If nothing of the job is to be"
              + " kept, delete the topic; else give the job another name, so that it begins anew");
    }
  }
}
