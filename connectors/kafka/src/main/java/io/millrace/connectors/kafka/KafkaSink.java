package io.millrace.connectors.kafka;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows to a topic, at least once: {@link #flush} returns when all replicas in sync have
 * them. The producer gathers, sends and tries again on its own thread; what it cannot send in
 * {@code delivery.timeout.ms} is reported by the next call.
 */
final class KafkaSink implements Sink {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final KafkaErrors errors;
  private final RowEncoder encoder;
  private final BrokerWatch brokers;
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private boolean closed;

  /** Takes the producer over. */
  KafkaSink(
      Producer<byte[], byte[]> producer,
      String topic,
      KafkaErrors errors,
      RowEncoder encoder,
      Clock clock) {
    this.producer = producer;
    this.topic = topic;
    this.errors = errors;
    this.encoder = encoder;
    this.brokers = new BrokerWatch(clock, producer.metrics());
  }

  @Override
  public void write(Batch batch) {
    throwIfFailed();
    brokers.check(unanswered.get() > 0).ifPresent(line -> LOG.warn("{}", errors.aboutKafka(line)));
    for (int row = 0; row < batch.size(); row++) {
      ProducerRecord<byte[], byte[]> record = encoder.encode(batch, row);
      if (record != null) {
        send(record);
      }
    }
    throwIfFailed();
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    unanswered.incrementAndGet();
    try {
      var unused = producer.send(record, this::answered);
    } catch (KafkaException e) {
      unanswered.decrementAndGet();
      restoreInterrupt(e);
      throw errors.of(what(), e);
    }
  }

  /** Runs on the producer's thread, or in {@code send} for a record that is refused at once. */
  private void answered(@Nullable RecordMetadata metadata, @Nullable Exception error) {
    unanswered.decrementAndGet();
    if (error != null) {
      failure.compareAndSet(null, error);
    }
  }

  @Override
  public void flush() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      restoreInterrupt(e);
      throw errors.of(what(), e);
    }
    throwIfFailed();
  }

  private void throwIfFailed() {
    Exception error = failure.get();
    if (error != null) {
      throw errors.of(what(), error);
    }
  }

  private String what() {
    return "cannot write to topic '" + topic + "'";
  }

  private static void restoreInterrupt(KafkaException error) {
    if (error instanceof InterruptException) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      producer.close(CLOSE_TIMEOUT);
    }
  }
}
