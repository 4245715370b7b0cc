package io.millrace.connectors.kafka;

import java.util.ArrayDeque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What one part has sent, as far as it is fetched and not yet polled, in its order. */
final class LaneBuffer {
  private final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();

  /** Everything of the lane before this offset was polled. */
  private long position;

  /** The fetch after which the lane was polled last. */
  private long polledAfter;

  private boolean isSought;

  boolean isSought() {
    return isSought;
  }

  /** Goes on at an offset; records before it are not of interest. */
  void seek(long offset) {
    records.clear();
    position = offset;
    isSought = true;
  }

  /** Begins at an offset, unless it was sought. */
  void begin(long offset) {
    if (!isSought) {
      position = offset;
    }
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  long polledAfter() {
    return polledAfter;
  }

  void setPolledAfter(long fetch) {
    polledAfter = fetch;
  }

  /**
   * Takes a record that was fetched, unless it was polled by an earlier process.
   *
   * @param fetched everything before this offset was in fetches before
   * @return whether it is kept
   */
  boolean add(ConsumerRecord<byte[], byte[]> record, long fetched) {
    if (records.isEmpty()) {
      position = Math.max(position, fetched);
    }
    if (record.offset() < position) {
      return false;
    }
    records.add(record);
    return true;
  }

  /** The next record; null if there is none. */
  @Nullable ConsumerRecord<byte[], byte[]> take() {
    ConsumerRecord<byte[], byte[]> record = records.poll();
    if (record != null) {
      position = record.offset() + 1;
    }
    return record;
  }

  /**
   * From where the lane is to be read again.
   *
   * @param fetched everything before this offset has been fetched
   */
  long position(long fetched) {
    return records.isEmpty() ? Math.max(position, fetched) : position;
  }
}
