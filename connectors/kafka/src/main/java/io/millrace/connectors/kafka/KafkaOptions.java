package io.millrace.connectors.kafka;

import io.millrace.spi.connector.Exchange;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.Options;
import java.time.Duration;
import java.util.Optional;

/**
 * What the WITH clause of a stream says about Kafka, read and checked.
 *
 * @param servers the addresses, separated by commas
 * @param topics the topics to read, or the one to write
 * @param start where to begin without a position
 * @param group the group whose offsets are committed
 * @param creation how to make a topic that is not there; empty if that is an error
 * @param connectTimeout the longest time that the cluster may take for an answer at the start
 * @param bufferBytes from how many undecoded bytes on a partition is paused
 * @param clients the settings of the clients
 */
record KafkaOptions(
    String servers,
    TopicSelection topics,
    StartPoint start,
    String group,
    Optional<TopicCreation> creation,
    Duration connectTimeout,
    long bufferBytes,
    ClientSettings clients) {

  /**
   * How a topic is made.
   *
   * @param partitions how many partitions; the broker's default if empty
   * @param replication how many replicas; the broker's default if empty
   * @param compacted whether only the newest record of a key is kept
   */
  record TopicCreation(
      Optional<Integer> partitions, Optional<Short> replication, boolean compacted) {}

  /** As the other one, for a job that is not shared, or for what concerns all of its parts. */
  static KafkaOptions of(StreamDefinition stream, String job) {
    return of(stream, job, Optional.empty());
  }

  /**
   * Reads the options of a stream.
   *
   * @param job the name of the job
   * @param part the part of it that uses the clients
   * @throws MillraceException if a value is not valid or contradicts another
   */
  static KafkaOptions of(StreamDefinition stream, String job, Optional<JobPart> part) {
    Options options = stream.options();
    String servers = options.getString("bootstrap.servers");
    if (servers.isBlank()) {
      throw new MillraceException(
          "option 'bootstrap.servers' is empty: give the address of a broker, such as"
              + " 'localhost:9092'");
    }
    String group = group(stream, job);
    if (group.isBlank()) {
      throw new MillraceException("option 'group.id' is empty: give a name or leave it out");
    }
    return new KafkaOptions(
        servers,
        TopicSelection.parse(options.getString("topic")),
        StartPoint.parse(options.getString("start")),
        group,
        creation(stream),
        options.getDuration("connect.timeout"),
        options.getSize("buffer.size"),
        ClientSettings.of(
            servers,
            group,
            part.map(it -> it.nameIn(job)).orElse(job) + "." + stream.name(),
            options.withPrefix("kafka.")));
  }

  /** What is to be known of the internal topic of an exchange, for all parts. */
  static KafkaOptions ofExchange(Exchange exchange, String job) {
    return ofExchange(exchange, job, Optional.empty());
  }

  /**
   * What is to be known of the internal topic of an exchange. It is reached as the topic of its
   * peer is.
   *
   * @param part the part that uses the clients
   */
  static KafkaOptions ofExchange(Exchange exchange, String job, Optional<JobPart> part) {
    KafkaOptions peer = of(exchange.peer(), job, part);
    String topic = ExchangeTopic.name(exchange, job);
    return new KafkaOptions(
        peer.servers,
        TopicSelection.parse(topic),
        StartPoint.Edge.EARLIEST,
        topic,
        peer.creation,
        peer.connectTimeout,
        peer.bufferBytes,
        peer.clients.ofGroup(
            topic, part.map(it -> it.nameIn(job)).orElse(job) + "." + exchange.name()));
  }

  /** The group whose offsets a source commits. */
  static String group(StreamDefinition stream, String job) {
    return stream.options().findString("group.id").orElse(job + "." + stream.name());
  }

  private static Optional<TopicCreation> creation(StreamDefinition stream) {
    Options options = stream.options();
    Optional<Integer> partitions = count(options, "topic.partitions", 100_000);
    Optional<Integer> replication = count(options, "topic.replication", Short.MAX_VALUE);
    if (!options.getBoolean("topic.create")) {
      if (partitions.isPresent() || replication.isPresent()) {
        throw new MillraceException(
            "options 'topic.partitions' and 'topic.replication' speak of a topic to be created:"
                + " add 'topic.create' = 'true' or leave them out");
      }
      return Optional.empty();
    }
    return Optional.of(
        new TopicCreation(
            partitions,
            replication.map(Integer::shortValue),
            stream.isTable() && !stream.keyColumns().isEmpty()));
  }

  private static Optional<Integer> count(Options options, String name, int greatest) {
    if (!options.isGiven(name)) {
      return Optional.empty();
    }
    long value = options.getLong(name);
    if (value < 1 || value > greatest) {
      throw new MillraceException(
          "option '" + name + "' must be from 1 to " + greatest + ", not " + value);
    }
    return Optional.of(Math.toIntExact(value));
  }
}
