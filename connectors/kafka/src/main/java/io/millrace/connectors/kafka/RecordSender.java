package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends rows with one producer. The producer gathers, sends and tries again on its own thread; what
 * it cannot send in {@code delivery.timeout.ms} is reported by the next call. Used by one thread.
 */
final class RecordSender {
  /** The header that holds the number of a row, as decimal text. */
  static final String SEQUENCE_HEADER = "millrace-seq";

  private static final Logger LOG = LoggerFactory.getLogger(RecordSender.class);
  private static final long WITHOUT_NUMBERS = -1;

  /** How often it looks for brokers that have fallen silent; often enough for a watch. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Producer<byte[], byte[]> producer;
  private final KafkaErrors errors;
  private final BrokerWatch brokers;
  private final Clock clock;
  private long lastLook;
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
  private final Callback answered = this::answered;
  private volatile boolean hasSent;

  /** What the producer gave up on first. */
  private record Failure(String topic, Exception error) {}

  RecordSender(Producer<byte[], byte[]> producer, KafkaErrors errors, Clock clock) {
    this.producer = producer;
    this.errors = errors;
    this.brokers = new BrokerWatch(clock, producer.metrics());
    this.clock = clock;
    this.lastLook = clock.nanos();
  }

  /** Sends the records of all rows, in order. */
  void send(Batch batch, RowEncoder encoder) {
    send(batch, encoder, WITHOUT_NUMBERS);
  }

  /** Sends the records of all rows, in order; row {@code i} has the number {@code first + i}. */
  void send(Batch batch, RowEncoder encoder, long first) {
    throwIfFailed();
    look();
    for (int row = 0; row < batch.size(); row++) {
      ProducerRecord<byte[], byte[]> record = encoder.encode(batch, row);
      if (record != null) {
        if (first != WITHOUT_NUMBERS) {
          record.headers().add(SEQUENCE_HEADER, Long.toString(first + row).getBytes(US_ASCII));
        }
        put(record);
      }
    }
    throwIfFailed();
  }

  /** Sends a record. */
  void send(ProducerRecord<byte[], byte[]> record) {
    throwIfFailed();
    look();
    put(record);
  }

  /** Says that the brokers have fallen silent, or are back. */
  private void look() {
    long now = clock.nanos();
    if (now - lastLook >= LOOK_NANOS) {
      lastLook = now;
      brokers
          .check(unanswered.get() > 0)
          .ifPresent(line -> LOG.warn("{}", errors.aboutKafka(line)));
    }
  }

  private void put(ProducerRecord<byte[], byte[]> record) {
    if (!hasSent) {
      hasSent = true;
    }
    unanswered.incrementAndGet();
    try {
      var unused = producer.send(record, answered);
    } catch (KafkaException e) {
      unanswered.decrementAndGet();
      throw errors.of(what(record.topic()), e);
    }
  }

  /** Runs on the producer's thread, or in {@code send} for a record that is refused at once. */
  private void answered(RecordMetadata metadata, @Nullable Exception error) {
    unanswered.decrementAndGet();
    if (error != null) {
      failure.compareAndSet(null, new Failure(metadata.topic(), error));
    }
  }

  /** Whether anything was sent since {@link #beginAnew}. For any thread. */
  boolean hasSent() {
    return hasSent;
  }

  /** Forgets that anything was sent. */
  void beginAnew() {
    hasSent = false;
  }

  /** Returns when all replicas in sync have everything that was sent. */
  void flush() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      throw errors.of("cannot write to Kafka at " + errors.servers(), e);
    }
    throwIfFailed();
  }

  private void throwIfFailed() {
    Failure found = failure.get();
    if (found != null) {
      throw errors.of(what(found.topic()), found.error());
    }
  }

  private static String what(String topic) {
    return "cannot write to topic '" + topic + "'";
  }
}
