package io.millrace.spi.connector;

import java.time.Duration;
import java.util.List;

/**
 * An open source. One thread at a time uses it. Life: {@link #partitions}, for each partition
 * optionally one {@link #seek}, then {@link #poll} of any partition in any order, {@link #close} at
 * last.
 *
 * <p>A partition is a sequence of records with an order of its own. The engine polls the one with
 * the smallest watermark next; a partition that is not polled must not hold up the others, nor grow
 * without bound in memory.
 */
public interface Source extends AutoCloseable {
  /** The partitions, by names that stay the same over restarts. */
  List<String> partitions();

  /**
   * Writes records of one partition, at most {@code maxRows}, and returns without waiting.
   *
   * @return whether there is more at once, nothing at the moment, or never any more
   */
  PollStatus poll(int partition, RowWriter writer, int maxRows);

  /**
   * Waits until a partition may have something to poll, at most for {@code timeout}. A thread that
   * is interrupted returns at once; nothing is lost by that, and its status may stay set. Where a
   * job has several inputs, it is not the thread that polls, which does nothing meanwhile.
   */
  void await(Duration timeout);

  /**
   * The position behind the last record that {@link #poll} wrote: a short text that {@link #seek}
   * and {@link #acknowledge} understand.
   */
  String position(int partition);

  /** Goes on behind a position given by {@link #position}, possibly by an earlier process. */
  void seek(int partition, String position);

  /**
   * Says that everything before these positions (by partition) is safe and never read again:
   * offsets are committed, files moved, messages acknowledged. Called when a snapshot that has it
   * is committed; in jobs without snapshots, when sinks are flushed.
   */
  void acknowledge(List<String> positions);

  /** Releases everything. May be called at any time, also twice. */
  @Override
  void close();
}
