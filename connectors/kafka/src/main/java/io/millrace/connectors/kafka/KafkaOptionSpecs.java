package io.millrace.connectors.kafka;

import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import java.util.List;
import java.util.stream.Stream;

/** The declarations of the connector's options. */
final class KafkaOptionSpecs {
  private KafkaOptionSpecs() {}

  static List<OptionSpec> all() {
    return Stream.of(records(), creation(), connection()).flatMap(List::stream).toList();
  }

  private static List<OptionSpec> records() {
    return List.of(
        OptionSpec.required(
            "topic",
            OptionType.STRING,
            "The topic. A source may name several, separated by commas, or give a regular"
                + " expression between slashes, as in '/trades-.*/'."),
        OptionSpec.choice(
            "key.format",
            null,
            KeyFormat.names(),
            "How the KEY columns are written in the record key: 'string' (the text of one value),"
                + " 'json' (an object), or 'raw' (bytes, as Kafka's own serializers write them)."
                + " By default 'string' for one STRING or number, 'raw' for one BYTES, else"
                + " 'json'."),
        OptionSpec.optional(
            "start",
            OptionType.STRING,
            "earliest",
            "Where a source begins when its group has committed nothing: 'earliest', 'latest', or"
                + " a time such as '2024-03-01T10:00:00Z'. A table always begins there."),
        OptionSpec.optional(
            "group.id",
            OptionType.STRING,
            null,
            "The consumer group whose offsets are committed; by default the names of job and"
                + " stream, joined by a dot."));
  }

  private static List<OptionSpec> creation() {
    return List.of(
        OptionSpec.optional(
            "topic.create",
            OptionType.BOOLEAN,
            "false",
            "Whether to create the topic if it does not exist; compacted if it is a table's."),
        OptionSpec.optional(
            "topic.partitions",
            OptionType.INTEGER,
            null,
            "The number of partitions of a created topic; by default the broker decides."),
        OptionSpec.optional(
            "topic.replication",
            OptionType.INTEGER,
            null,
            "The number of replicas of a created topic; by default the broker decides."));
  }

  private static List<OptionSpec> connection() {
    return List.of(
        OptionSpec.optional(
            "bootstrap.servers",
            OptionType.STRING,
            "localhost:9092",
            "Addresses of brokers, host:port, separated by commas."),
        OptionSpec.optional(
            "connect.timeout",
            OptionType.DURATION,
            "10 SECONDS",
            "How long to wait for an answer of the cluster when the job starts."),
        OptionSpec.optional(
            "buffer.size",
            OptionType.BYTES,
            "1 MB",
            "How many bytes of a partition to fetch ahead before it is paused."),
        OptionSpec.optional(
            "kafka.*",
            OptionType.STRING,
            null,
            "Any property of Kafka's consumer, producer or admin client, such as"
                + " 'kafka.security.protocol'."));
  }
}
