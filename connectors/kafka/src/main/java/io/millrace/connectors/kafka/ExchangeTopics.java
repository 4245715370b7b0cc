package io.millrace.connectors.kafka;

import io.millrace.connectors.kafka.KafkaOptions.TopicCreation;
import io.millrace.spi.connector.Exchange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

  /** The settings that say which records are kept. */
  private static final List<String> KEEPING =
      List.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG,
          TopicConfig.RETENTION_BYTES_CONFIG);

  private ExchangeTopics() {}

  /** See {@link KafkaConnector#prepare}. */
  static void prepare(List<Exchange> exchanges, String job, int parts) {
    if (exchanges.isEmpty()) {
      return;
    }
    // All are reached in the same way.
    KafkaOptions options = KafkaOptions.ofExchange(exchanges.get(0), job);
    KafkaErrors errors = KafkaErrors.ofJob(job, options);
    List<String> topics = exchanges.stream().map(it -> ExchangeTopic.name(it, job)).toList();
    try (Cluster cluster = Cluster.connect(options, errors)) {
      for (String topic : topics) {
        prepare(topic, parts, cluster, options, errors);
      }
    }
    awaitPartitions(topics, parts, options, errors);
  }

  private static void prepare(
      String topic, int parts, Cluster cluster, KafkaOptions options, KafkaErrors errors) {
    NewTopic wanted =
        new NewTopic(
                topic, Optional.of(parts), options.creation().flatMap(TopicCreation::replication))
            .configs(CONFIGURATION);
    OptionalInt found = cluster.ensure(wanted);
    if (found.isPresent()) {
      checkPartitions(topic, found.getAsInt(), parts, errors);
      cluster.settings(topic).ifPresent(settings -> checkSettings(topic, settings, errors));
    }
  }

  /**
   * Waits until the partitions can be written: before that, a broker may take the second of two
   * batches that are on their way, and then never the first. A consumer asks until it is told.
   */
  private static void awaitPartitions(
      List<String> topics, int parts, KafkaOptions options, KafkaErrors errors) {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            options.clients().exchangeConsumer(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      for (String topic : topics) {
        awaitPartitions(topic, parts, consumer, options, errors);
      }
    }
  }

  private static void awaitPartitions(
      String topic,
      int parts,
      Consumer<byte[], byte[]> consumer,
      KafkaOptions options,
      KafkaErrors errors) {
    List<TopicPartition> all =
        IntStream.range(0, parts).mapToObj(part -> new TopicPartition(topic, part)).toList();
    try {
      consumer.endOffsets(all, options.connectTimeout());
    } catch (KafkaException e) {
      throw errors.of("cannot read internal topic '" + topic + "'", e);
    }
  }

  private static void checkPartitions(String topic, int found, int parts, KafkaErrors errors) {
    if (found != parts) {
      throw errors.of(
          "its internal topic '"
              + topic
              + "' has "
              + found
              + " partitions, and the topics that it reads have "
              + parts
              + ": rows would not find the state of their groups. If nothing of the job is to be"
              + " kept, delete the topic; else give the job another name, so that it begins anew");
    }
  }

  /** Somebody else has made the topic, or changed it. */
  private static void checkSettings(
      String topic, Map<String, String> settings, KafkaErrors errors) {
    for (String name : KEEPING) {
      String wanted = CONFIGURATION.get(name);
      String found = settings.get(name);
      if (found != null && !found.equals(wanted)) {
        throw errors.of(
            "its internal topic '"
                + topic
                + "' has '"
                + name
                + "' = '"
                + found
                + "': rows would be gone before they are read. Set it to '"
                + wanted
                + "'; if some may be gone by now, give the job another name, so that it begins anew");
      }
    }
  }
}
