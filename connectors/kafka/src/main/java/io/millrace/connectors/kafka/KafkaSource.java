package io.millrace.connectors.kafka;

import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the partitions of topics with one consumer, which is asked when a buffer is empty.
 *
 * <p>What a fetch brings goes to the buffers of the partitions. A partition whose buffer is full is
 * paused until half of it has been polled: so one that nobody polls neither grows nor holds up the
 * others. A position is the offset of the next record.
 */
final class KafkaSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final KafkaErrors errors;
  private final boolean isTable;
  private final RecordDecoder decoder;
  private final List<PartitionBuffer> buffers = new ArrayList<>();
  private final Map<TopicPartition, PartitionBuffer> byPartition = new HashMap<>();
  private final RestoredPositions restored;
  private final OffsetCommits commits;
  private final BrokerWatch brokers;
  private final TopicWatch topics;
  private long fetches;
  private int paused;
  private boolean closed;

  /**
   * Takes over a consumer to which the partitions are assigned.
   *
   * @param positions the offset of the first record to read, for each partition in order
   * @param part of which part of a shared job they are; null if the job is not shared
   */
  KafkaSource(
      Consumer<byte[], byte[]> consumer,
      StreamDefinition stream,
      KafkaOptions options,
      KafkaErrors errors,
      RecordDecoder decoder,
      Map<TopicPartition, Long> positions,
      @Nullable JobPart part,
      Clock clock) {
    this.consumer = consumer;
    this.errors = errors;
    this.isTable = stream.isTable();
    this.decoder = decoder;
    this.restored = new RestoredPositions(consumer, options, errors);
    this.commits = new OffsetCommits(consumer, options.group());
    this.brokers = new BrokerWatch(clock, consumer.metrics());
    List<TopicPartition> partitions = List.copyOf(positions.keySet());
    this.topics = new TopicWatch(consumer, errors, clock, partitions, part);
    positions.forEach(
        (partition, offset) -> {
          PartitionBuffer buffer = new PartitionBuffer(partition, options.bufferBytes(), offset);
          buffers.add(buffer);
          byPartition.put(partition, buffer);
          consumer.seek(partition, offset);
        });
  }

  @Override
  public List<String> partitions() {
    return buffers.stream().map(buffer -> buffer.partition().toString()).toList();
  }

  @Override
  public PollStatus poll(int partition, RowWriter writer, int maxRows) {
    PartitionBuffer buffer = buffers.get(partition);
    fetchFor(buffer);
    for (int i = 0; i < maxRows; i++) {
      ConsumerRecord<byte[], byte[]> record = buffer.take();
      if (record == null) {
        break;
      }
      decoder.decode(record, writer);
    }
    if (buffer.isPaused() && buffer.hasRoom()) {
      consumer.resume(List.of(buffer.partition()));
      buffer.setPaused(false);
      paused--;
    }
    fetchFor(buffer);
    buffer.setAwaited(buffer.isEmpty());
    return buffer.isEmpty() && isAtEnd(buffer.partition()) ? PollStatus.IDLE : PollStatus.MORE;
  }

  /** As far as the broker has said: a partition of which nothing is known yet is not silent. */
  private boolean isAtEnd(TopicPartition partition) {
    OptionalLong lag = consumer.currentLag(partition);
    return lag.isPresent() && lag.getAsLong() == 0;
  }

  /**
   * Asks the consumer for what it has, if the buffer is empty and nothing was asked since it was
   * polled last: so a sweep over many silent partitions asks once.
   */
  private void fetchFor(PartitionBuffer buffer) {
    if (buffer.isEmpty() && buffer.polledAfter() == fetches) {
      fetch(Duration.ZERO);
    }
    buffer.setPolledAfter(fetches);
  }

  @Override
  public void await(Duration timeout) {
    boolean isNews = false;
    for (PartitionBuffer buffer : buffers) {
      if (buffer.isAwaited() && !buffer.isEmpty()) {
        buffer.setAwaited(false); // who does not poll it now does not want it
        isNews = true;
      }
    }
    if (!isNews && !Thread.currentThread().isInterrupted()) {
      fetch(timeout);
    }
  }

  private void fetch(Duration timeout) {
    settle();
    fetches++;
    commits.send();
    topics.check().forEach(line -> LOG.warn("{}", errors.about(line)));
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = consumer.poll(timeout);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (KafkaException e) {
      throw errors.of("cannot read from Kafka at " + errors.servers(), e);
    }
    List<TopicPartition> full = new ArrayList<>();
    for (TopicPartition partition : records.partitions()) {
      PartitionBuffer buffer = byPartition.get(partition);
      if (buffer != null) {
        buffer.add(records.records(partition));
        if (buffer.isFull() && !buffer.isPaused()) {
          buffer.setPaused(true);
          full.add(partition);
        }
      }
    }
    if (!full.isEmpty()) {
      consumer.pause(full);
      paused += full.size();
    }
    brokers
        .check(paused < buffers.size())
        .ifPresent(line -> LOG.warn("{}", errors.aboutKafka(line)));
  }

  /** Before anything is read from where the source was sought to. */
  private void settle() {
    if (!restored.isEmpty()) {
      Map<TopicPartition, Long> added = restored.settle(byPartition.keySet());
      for (PartitionBuffer buffer : buffers) {
        Long first = added.get(buffer.partition());
        if (first != null) {
          seek(buffer, first);
        }
      }
    }
  }

  @Override
  public String position(int partition) {
    settle();
    return Long.toString(buffers.get(partition).position());
  }

  @Override
  public void seek(int partition, String position) {
    PartitionBuffer buffer = buffers.get(partition);
    long offset = parse(position);
    restored.add(buffer.partition(), offset);
    seek(buffer, offset);
  }

  private void seek(PartitionBuffer buffer, long offset) {
    buffer.restart(offset);
    consumer.seek(buffer.partition(), offset);
  }

  private long parse(String position) {
    if (!position.matches("\\d{1,18}")) {
      throw errors.of("'" + position + "' is no position in a topic: expected an offset");
    }
    return Long.parseLong(position);
  }

  @Override
  public void acknowledge(List<String> positions) {
    if (isTable) {
      return; // a table is read from its start each time
    }
    for (int i = 0; i < positions.size(); i++) {
      commits.want(buffers.get(i).partition(), parse(positions.get(i)));
    }
    commits.send();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      commits.finish(CLOSE_TIMEOUT);
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }
}
