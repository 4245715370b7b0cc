package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads a partition of an internal topic, and tells apart who has sent what: a partition of the
 * source for each part, in the order of their numbers. A position is the offset behind which
 * nothing of the sender was polled.
 *
 * <p>What is fetched and not polled is bounded for all senders together: they share one partition,
 * so none of them can be paused alone. Rows of one that is ahead are polled all the same, as long
 * as another has none.
 */
final class KafkaExchangeSource implements Source {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final KafkaOptions options;
  private final KafkaErrors errors;
  private final Decoder decoder;
  private final ExchangePurge purge;
  private final List<LaneBuffer> lanes;

  /** Everything before this offset has been fetched. */
  private long fetched;

  private long fetches;
  private long bytes;
  private boolean isStarted;
  private boolean isPaused;
  private boolean closed;

  /**
   * Takes over a consumer to which the partition is assigned.
   *
   * @param part the part that reads
   */
  KafkaExchangeSource(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      JobPart part,
      KafkaOptions options,
      KafkaErrors errors,
      Decoder decoder,
      ExchangePurge purge) {
    this.consumer = consumer;
    this.partition = partition;
    this.options = options;
    this.errors = errors;
    this.decoder = decoder;
    this.purge = purge;
    this.lanes = Stream.generate(LaneBuffer::new).limit(part.count()).toList();
  }

  @Override
  public List<String> partitions() {
    return IntStream.range(0, lanes.size())
        .mapToObj(sender -> ExchangeTopic.lane(partition, sender))
        .toList();
  }

  @Override
  public PollStatus poll(int sender, RowWriter writer, int maxRows) {
    LaneBuffer lane = lanes.get(sender);
    if (lane.isEmpty() && lane.polledAfter() == fetches) {
      fetch(Duration.ZERO); // a sweep over many silent senders asks once
    }
    lane.setPolledAfter(fetches);
    for (int i = 0; i < maxRows; i++) {
      ConsumerRecord<byte[], byte[]> record = lane.take();
      if (record == null) {
        break;
      }
      bytes -= size(record);
      decode(record, writer);
    }
    return lane.isEmpty() ? PollStatus.IDLE : PollStatus.MORE;
  }

  private void decode(ConsumerRecord<byte[], byte[]> record, RowWriter writer) {
    byte[] value = record.value();
    writer.record(() -> describe(record), RowWriter.NO_TIME);
    try {
      if (value == null) {
        throw new DecodeException("it has no value");
      }
      decoder.decode(value, 0, value.length, writer);
    } catch (DecodeException e) {
      throw errors.of(unreadable(record, e.message()));
    }
  }

  private static String describe(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  private static String unreadable(ConsumerRecord<byte[], byte[]> record, String why) {
    return "record '"
        + describe(record)
        + "' of its internal topic cannot be read: "
        + why
        + ". Run the version and the script that have sent it until it has been read, or give the"
        + " job another name, so that it begins anew";
  }

  @Override
  public void await(Duration timeout) {
    fetch(timeout);
  }

  private void fetch(Duration timeout) {
    start();
    fetches++;
    pauseOrResume();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout).records(partition)) {
        if (sender(record).add(record, fetched)) {
          bytes += size(record);
        }
      }
      fetched = consumer.position(partition);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      throw errors.of("cannot read internal topic '" + partition.topic() + "'", e);
    }
  }

  private void pauseOrResume() {
    if (!isPaused && bytes >= options.bufferBytes()) {
      consumer.pause(List.of(partition));
      isPaused = true;
    } else if (isPaused && bytes <= options.bufferBytes() / 2) {
      consumer.resume(List.of(partition));
      isPaused = false;
    }
  }

  private LaneBuffer sender(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    String text = key == null ? "" : new String(key, US_ASCII);
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= lanes.size()) {
      throw errors.of(unreadable(record, "'" + text + "' is none of the job's partitions"));
    }
    return lanes.get(Integer.parseInt(text));
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    return 64L + Math.max(0, record.serializedValueSize());
  }

  /** Before anything is read: goes to where the sender is of whom the least has been read. */
  private void start() {
    if (isStarted) {
      return;
    }
    try {
      Duration timeout = options.connectTimeout();
      long first =
          consumer.beginningOffsets(Set.of(partition), timeout).getOrDefault(partition, 0L);
      if (lanes.stream().noneMatch(LaneBuffer::isSought)) {
        requireUnread(timeout);
      }
      lanes.forEach(lane -> lane.begin(first));
      fetched = lanes.stream().mapToLong(lane -> lane.position(0)).min().orElse(first);
      requireThere(first, consumer.endOffsets(Set.of(partition), timeout));
      consumer.seek(partition, fetched);
      isStarted = true;
    } catch (KafkaException e) {
      throw errors.of(
          "cannot find where to begin in internal topic '" + partition.topic() + "'", e);
    }
  }

  /**
   * A part that begins anew would take rows for those of its own job that are of an earlier one.
   */
  private void requireUnread(Duration timeout) {
    if (consumer.committed(Set.of(partition), timeout).get(partition) != null) {
      throw errors.of(
          "its internal topic '"
              + partition.topic()
              + "' has been read by a job of this name, whose state is not there any more: give the"
              + " job another name, or, when no process runs it, delete the topic and the consumer"
              + " group of the same name, so that it begins anew");
    }
  }

  private void requireThere(long first, Map<TopicPartition, Long> ends) {
    long end = ends.getOrDefault(partition, Long.MAX_VALUE);
    if (fetched < first || fetched > end) {
      throw errors.of(
          "the snapshot's position "
              + fetched
              + " in internal topic '"
              + partition
              + "' is not in ["
              + first
              + ", "
              + end
              + "], which is there: rows are missing that other partitions have sent, since the topic"
              + " was made anew, or somebody has deleted records. Give the job another name, so that"
              + " it begins anew");
    }
  }

  @Override
  public String position(int sender) {
    start();
    return Long.toString(lanes.get(sender).position(fetched));
  }

  @Override
  public void seek(int sender, String position) {
    if (!position.matches("\\d{1,18}")) {
      throw errors.of("'" + position + "' is no position in a topic: expected an offset");
    }
    lanes.get(sender).seek(Long.parseLong(position));
  }

  @Override
  public void acknowledge(List<String> positions) {
    purge.upTo(positions.stream().mapToLong(Long::parseLong).min().orElse(0));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      purge.close();
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }
}
