package io.millrace.connectors.kafka;

import java.util.ArrayDeque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The records of one partition that are fetched and not yet polled, in their order. */
final class PartitionBuffer {
  private final TopicPartition partition;
  private final long limit;
  private final ArrayDeque<List<ConsumerRecord<byte[], byte[]>>> chunks = new ArrayDeque<>();
  private int next;
  private long bytes;
  private long position;
  private boolean paused;

  /** The fetch after which the partition was polled last. */
  private long polledAfter;

  /**
   * Whether the last poll left nothing, so that who polls waits for what comes, and has not been
   * told yet that something has come.
   */
  private boolean awaited = true;

  /**
   * An empty buffer.
   *
   * @param limit from how many bytes on it counts as full
   * @param position the offset of the first record to be polled
   */
  PartitionBuffer(TopicPartition partition, long limit, long position) {
    this.partition = partition;
    this.limit = limit;
    this.position = position;
  }

  TopicPartition partition() {
    return partition;
  }

  /** The offset behind the last record that {@link #take} gave. */
  long position() {
    return position;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  boolean isFull() {
    return bytes >= limit;
  }

  /** Whether so much has been taken that more may be fetched. */
  boolean hasRoom() {
    return bytes <= limit / 2;
  }

  boolean isPaused() {
    return paused;
  }

  void setPaused(boolean isPaused) {
    paused = isPaused;
  }

  long polledAfter() {
    return polledAfter;
  }

  void setPolledAfter(long fetch) {
    polledAfter = fetch;
  }

  boolean isAwaited() {
    return awaited;
  }

  void setAwaited(boolean isAwaited) {
    awaited = isAwaited;
  }

  void add(List<ConsumerRecord<byte[], byte[]>> records) {
    if (!records.isEmpty()) {
      chunks.add(records);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        bytes += size(record);
      }
    }
  }

  /** The next record; null if there is none. */
  @Nullable ConsumerRecord<byte[], byte[]> take() {
    List<ConsumerRecord<byte[], byte[]>> chunk = chunks.peek();
    if (chunk == null) {
      return null;
    }
    ConsumerRecord<byte[], byte[]> record = chunk.get(next++);
    if (next == chunk.size()) {
      chunks.remove();
      next = 0;
    }
    bytes -= size(record);
    position = record.offset() + 1;
    return record;
  }

  /** Forgets all records; the next one will have this offset or a later one. */
  void restart(long offset) {
    chunks.clear();
    next = 0;
    bytes = 0;
    position = offset;
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    return 64L
        + Math.max(0, record.serializedKeySize())
        + Math.max(0, record.serializedValueSize());
  }
}
