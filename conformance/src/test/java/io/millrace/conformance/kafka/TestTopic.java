package io.millrace.conformance.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic as other programs see it: tests write and read it past Millrace.
 *
 * @param broker where it is
 * @param name its name
 * @param partitions the number of its partitions
 */
public record TestTopic(KafkaBroker broker, String name, int partitions) {
  private static final long SECONDS = 60;

  /** Creates the topic. */
  public static TestTopic create(KafkaBroker broker, String name, int partitions) {
    return create(broker, name, partitions, Map.of());
  }

  /**
   * Creates the topic with settings of its own; returns when its partitions can be written. Before
   * that a broker may take the second of two batches that are on their way, and then never the
   * first.
   */
  public static TestTopic create(
      KafkaBroker broker, String name, int partitions, Map<String, String> settings) {
    try (Admin admin = admin(broker)) {
      await(
          admin
              .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
              .all());
    }
    TestTopic topic = new TestTopic(broker, name, partitions);
    // A consumer asks again while the broker does not know the topic yet; an Admin fails.
    try (KafkaConsumer<byte[], byte[]> consumer = topic.consumer("read_uncommitted")) {
      consumer.endOffsets(topic.all(), Duration.ofSeconds(SECONDS));
    }
    return topic;
  }

  /** A record of this topic; a null timestamp is the time of sending. */
  public ProducerRecord<byte[], byte[]> record(
      int partition, @Nullable Long time, @Nullable String key, @Nullable String value) {
    return new ProducerRecord<>(
        name,
        partition,
        time,
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8));
  }

  /** Sends records in order and returns when the broker has them. */
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "60000"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var sent = records.stream().map(producer::send).toList();
      producer.flush();
      for (var answer : sent) {
        answer.get(SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends values without keys to partition 0. */
  public void send(String... values) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String value : values) {
      records.add(record(0, null, null, value));
    }
    send(records);
  }

  /** All records that are there now, partition by partition, committed or not. */
  public List<ConsumerRecord<byte[], byte[]>> readAll() {
    return read("read_uncommitted");
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String isolation) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation)) {
      for (TopicPartition partition : all()) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = end(consumer, partition);
        while (consumer.position(partition) < end) {
          consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
        }
      }
    }
    return records;
  }

  /** All records that are there now, as {@code key=value@timestamp}, committed or not. */
  public List<String> readTexts() {
    return readAll().stream().map(TestTopic::text).toList();
  }

  /** All records that are there now and are not part of an open or aborted transaction. */
  public List<String> readCommitted() {
    return read("read_committed").stream().map(TestTopic::text).toList();
  }

  /** As {@link #readCommitted}, when what was decided of transactions has come to the topic. */
  public List<String> readWhenDecided() {
    long start = System.nanoTime();
    while (hasOpenTransaction()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SECONDS)) {
        throw new IllegalStateException("a transaction is open on " + name);
      }
    }
    return readCommitted();
  }

  /** Whether a transaction is open, behind which nobody who reads committed records comes. */
  public boolean hasOpenTransaction() {
    try (KafkaConsumer<byte[], byte[]> committed = consumer("read_committed");
        KafkaConsumer<byte[], byte[]> all = consumer("read_uncommitted")) {
      return !committed.endOffsets(all()).equals(all.endOffsets(all()));
    }
  }

  /** The offset that a group has committed for a partition. */
  public Optional<Long> committed(String group, int partition) {
    return offset(group, partition).map(OffsetAndMetadata::offset);
  }

  /** The text that a group has committed with the offset of a partition. */
  public Optional<String> committedText(String group, int partition) {
    return offset(group, partition).map(OffsetAndMetadata::metadata);
  }

  /** Commits an offset with a text for partition 0 of a group that nobody consumes with. */
  public void commit(String group, long offset, String text) {
    try (Admin admin = admin(broker)) {
      await(
          admin
              .alterConsumerGroupOffsets(
                  group, Map.of(new TopicPartition(name, 0), new OffsetAndMetadata(offset, text)))
              .all());
    }
  }

  /** How many partitions each member of a group has, rising; none if there is no such group. */
  public List<Integer> partitionsOfMembers(String group) {
    try (Admin admin = admin(broker)) {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(described -> described.members().stream())
          .map(member -> member.assignment().topicPartitions().size())
          .sorted()
          .toList();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw new IllegalStateException(e);
    }
  }

  private Optional<OffsetAndMetadata> offset(String group, int partition) {
    try (Admin admin = admin(broker)) {
      Map<TopicPartition, @Nullable OffsetAndMetadata> offsets =
          await(
              admin
                  .listConsumerGroupOffsets(
                      group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                  .partitionsToOffsetAndMetadata());
      return Optional.ofNullable(offsets.get(new TopicPartition(name, partition)));
    }
  }

  /** Deletes the records of partition 0 before an offset, as retention does. */
  public void deleteBefore(long offset) {
    try (Admin admin = admin(broker)) {
      await(
          admin
              .deleteRecords(
                  Map.of(new TopicPartition(name, 0), RecordsToDelete.beforeOffset(offset)))
              .all());
    }
  }

  private Collection<TopicPartition> all() {
    return IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(name, i)).toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** The offset of the first record of a partition that is still there. */
  public long first(int partition) {
    TopicPartition one = new TopicPartition(name, partition);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
      return consumer.beginningOffsets(List.of(one)).getOrDefault(one, 0L);
    }
  }

  private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).values().iterator().next();
  }

  private static Admin admin(KafkaBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return text(record.key()) + "=" + text(record.value()) + "@" + record.timestamp();
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "null" : new String(bytes, UTF_8);
  }
}
