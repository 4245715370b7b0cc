package io.millrace.runtime.circuit;

import io.millrace.runtime.circuit.Station.SourcePartition;
import io.millrace.spi.time.Timeline;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The partitions of a stream whose rows get times of their own: they have the numbers of the source
 * partitions that its rows come from, as if each row went to the partition of a topic that it has
 * been read from. What an operator sends is in partition 0.
 */
final class RetimedPartitions {
  private final Station from;
  private final List<SourcePartition> lanes;
  private final Set<EntryPort> entries = new LinkedHashSet<>();

  RetimedPartitions(Station from) {
    this.from = from;
    this.lanes = from.lanes();
    collect(from);
  }

  private void collect(Station station) {
    if (station instanceof EntryPort entry) {
      entries.add(entry);
    }
    station.above().forEach(this::collect);
  }

  int count() {
    return count(lanes);
  }

  private static int count(List<SourcePartition> lanes) {
    return 1 + lanes.stream().mapToInt(SourcePartition::number).max().orElse(0);
  }

  /**
   * The lanes of what is sent, of those of what comes in.
   *
   * @param lagMillis {@code END} where a row may have a moment already, which says nothing of the
   *     new times; else 0, as moments are counted in these
   */
  static List<SourcePartition> lanes(List<SourcePartition> ofInput, long lagMillis) {
    Object stream = new Object();
    return ofInput.isEmpty()
        ? ofInput
        : IntStream.range(0, count(ofInput))
            .mapToObj(number -> new SourcePartition(stream, number, lagMillis))
            .toList();
  }

  /** Whether all that it comes from is silent, but for what has ended. */
  boolean isIdle(int partition) {
    return !isEnded(partition)
        && timelinesOf(partition).stream().allMatch(it -> it.isIdle() || it.last() == Timeline.END);
  }

  /** Whether all that it comes from has ended. */
  boolean isEnded(int partition) {
    return timelinesOf(partition).stream().allMatch(it -> it.last() == Timeline.END);
  }

  private List<Timeline> timelinesOf(int partition) {
    List<Timeline> found =
        lanes.stream()
            .filter(lane -> lane.number() == partition)
            .map(this::timelineOf)
            .distinct()
            .toList();
    return found.isEmpty() ? List.of(from.timeline()) : found;
  }

  /** The time of a source partition; of what operators send, that of all rows. */
  private Timeline timelineOf(SourcePartition lane) {
    for (EntryPort entry : entries) {
      if (entry.stream().equals(lane.from())) {
        return entry.partition(lane.number());
      }
    }
    return from.timeline();
  }
}
