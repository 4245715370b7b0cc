package io.millrace.connectors.kafka;

import io.millrace.spi.connector.SequencedSink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;

/**
 * Writes rows to a topic, at least once: {@link #flush} returns when all replicas in sync have
 * them.
 */
final class KafkaSink implements SequencedSink {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final RecordSender sender;
  private final RowEncoder encoder;
  private boolean closed;

  /** Takes the producer over. */
  KafkaSink(
      Producer<byte[], byte[]> producer, KafkaErrors errors, RowEncoder encoder, Clock clock) {
    this.producer = producer;
    this.sender = new RecordSender(producer, errors, clock);
    this.encoder = encoder;
  }

  @Override
  public void write(Batch batch) {
    sender.send(batch, encoder);
  }

  @Override
  public void write(Batch batch, long firstSequence) {
    sender.send(batch, encoder, firstSequence);
  }

  @Override
  public void flush() {
    sender.flush();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      producer.close(CLOSE_TIMEOUT);
    }
  }
}
