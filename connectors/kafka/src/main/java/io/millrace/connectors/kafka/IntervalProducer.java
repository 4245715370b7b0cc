package io.millrace.connectors.kafka;

import io.millrace.spi.connector.JobPart;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * One of the producers of a job, with a transactional id of its own. An interval uses it by two
 * threads, one after the other: it is written, then committed. Its methods fail as those of Kafka's
 * producer do.
 */
final class IntervalProducer {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final RecordSender sender;
  private volatile boolean hasOffsets;

  IntervalProducer(Producer<byte[], byte[]> producer, KafkaErrors errors, Clock clock) {
    this.producer = producer;
    this.sender = new RecordSender(producer, errors, clock);
  }

  /**
   * The transactional id of a producer: job, part and parity. All of them begin with {@code
   * job.millrace-}, so that access rights can be given by prefix. A job that is not shared has none
   * in common with the parts of one that is: so neither stops the other before it is refused.
   *
   * @param part the part of the job; empty if it is not shared
   * @param parity which of the producers of the job or part
   */
  static String transactionalId(String job, Optional<JobPart> part, int parity) {
    return job + ".millrace-" + part.map(it -> "p" + it.number()).orElse("0") + "-" + parity;
  }

  /** What sends rows; for the thread that writes. */
  RecordSender sender() {
    return sender;
  }

  /** Aborts what an earlier process left open, and shuts it out. */
  void initialize() {
    producer.initTransactions();
  }

  void begin() {
    producer.beginTransaction();
    sender.beginAnew();
    hasOffsets = false;
  }

  /** Makes offsets of a group without members part of the transaction. */
  @SuppressWarnings("removal") // the other way to such an object is to open a consumer
  void add(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
    hasOffsets = true;
    producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(group));
  }

  void commit() {
    producer.commitTransaction();
  }

  /**
   * Ends it; a transaction that is not being committed is aborted by that. One without content is
   * not known to the broker, and the producer would wait for an answer to nothing.
   */
  void close() {
    boolean mayBeKnown = hasOffsets || sender.hasSent();
    producer.close(mayBeKnown ? CLOSE_TIMEOUT : Duration.ZERO);
  }
}
