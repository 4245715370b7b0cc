package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Moments;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in the circuit that rows pass: an entry port or an operator. Knows who takes its rows, in
 * the order of the script.
 */
abstract class Station implements Output {
  private Consumer[] consumers = new Consumer[0];
  private @Nullable Dispatch dispatch;
  private final TurnFailures failures;
  private long rows;

  Station(TurnFailures failures) {
    this.failures = failures;
  }

  /** Takes the rows of a station. */
  interface Consumer {
    void take(Batch batch);

    /** The operator behind it, or null for a listener. */
    @Nullable OperatorStation station();
  }

  /** The watermark over a turn of what this station emits: one object for its life. */
  abstract Timeline timeline();

  /**
   * The source partitions that its rows come from, by lane ({@link Batch#lanes}); none where rows
   * of equal times are in the order of their arrival.
   */
  abstract List<SourcePartition> lanes();

  /** In which order its rows come. */
  abstract Arrival arrival();

  /** Whether an operator may have sent some of its rows because time went on. */
  abstract boolean isByTime();

  /** How many parts the moments of its rows have at most: see {@link Moments}. */
  abstract int momentParts();

  /**
   * In which order rows come.
   *
   * @param partitions of entries that they come from
   * @param isPolled whether which of these was polled first decides
   * @param isByClock whether the time of some is that of their arrival
   */
  record Arrival(Set<SourcePartition> partitions, boolean isPolled, boolean isByClock) {
    /** That of the same rows, where they have been given times of their own. */
    Arrival withTimes() {
      return new Arrival(partitions, isPolled, false);
    }

    /** Of rows of several stations. */
    static Arrival of(List<Station> stations) {
      Set<SourcePartition> all = new HashSet<>();
      stations.forEach(station -> all.addAll(station.arrival().partitions));
      return new Arrival(
          all,
          stations.stream().anyMatch(station -> station.arrival().isPolled),
          stations.stream().anyMatch(station -> station.arrival().isByClock));
    }

    /** Whether the same rows come in another order each time they are read, by their times. */
    boolean isOpen() {
      return isPolled && !isByClock && partitions.size() > 1;
    }
  }

  /**
   * What rows come from that are in an order of their own.
   *
   * @param from the stream of an entry, or what stands for an operator that sends rows of its own
   * @param number the partition of the entry
   * @param lagMillis how far the watermark of such rows is behind that in which their moments are
   *     counted; {@code END} if these say nothing of it
   */
  record SourcePartition(Object from, int number, long lagMillis) {
    /** A partition of an entry. */
    SourcePartition(Object from, int number) {
      this(from, number, 0);
    }
  }

  /**
   * What is known of the rows of an operator before there are any.
   *
   * @param lanes see {@link Station#lanes}
   * @param isByTime see {@link Station#isByTime}
   */
  record Rows(List<SourcePartition> lanes, boolean isByTime) {
    Rows {
      lanes = List.copyOf(lanes);
    }
  }

  /** The stations that its rows come from; none of an entry. */
  List<Station> above() {
    return List.of();
  }

  /** Other stations that its work gives rows to, without being their consumer. */
  List<Station> further() {
    return List.of();
  }

  final void connect(Consumer consumer) {
    consumers = Arrays.copyOf(consumers, consumers.length + 1);
    consumers[consumers.length - 1] = consumer;
    dispatch = null;
  }

  final void disconnect(Consumer consumer) {
    List<Consumer> left = new ArrayList<>(Arrays.asList(consumers));
    left.remove(consumer);
    consumers = left.toArray(Consumer[]::new);
    dispatch = null;
  }

  /** Has the way to its consumers found anew, because one of them is another than before. */
  final void forgetDispatch() {
    dispatch = null;
  }

  final Consumer[] consumers() {
    return consumers;
  }

  /** The number of rows emitted since the start. */
  public final long rows() {
    return rows;
  }

  @Override
  public final void emit(Batch batch) {
    int size = batch.size();
    if (size > 0) {
      rows += size;
      Dispatch current = dispatch;
      if (current == null) {
        current = Dispatch.of(consumers, failures);
        dispatch = current;
      }
      current.take(batch);
    }
  }
}
