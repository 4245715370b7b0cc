package io.millrace.runtime.circuit;

import io.millrace.spi.time.RetimedTimeline;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leaves partitions out of the watermark that have been silent for so long, by the clock. */
final class IdleWatch {
  private final Circuit circuit;
  private final List<EntryPort> entries;
  private final List<Derived> derived;

  /**
   * A stream that queries feed, which may be silent while what it is made of is not.
   *
   * @param entry one of those that its rows come from
   */
  private record Derived(RetimedTimeline timeline, EntryPort entry) {}

  private IdleWatch(Circuit circuit, List<EntryPort> entries, List<Derived> derived) {
    this.circuit = circuit;
    this.entries = List.copyOf(entries);
    this.derived = List.copyOf(derived);
  }

  /** Finds those that nobody else listens to, and whose silence matters. */
  static IdleWatch of(Circuit circuit, List<EntryPort> all) {
    Map<OperatorStation, EntryPort> stations = new LinkedHashMap<>();
    for (EntryPort entry : all) {
      for (OperatorStation station : entry.route().merging()) {
        stations.putIfAbsent(station, entry);
      }
    }
    List<Derived> derived = new ArrayList<>();
    stations.keySet().stream()
        .sorted(Comparator.comparingLong(OperatorStation::sequence))
        .forEach(
            station ->
                station
                    .mayBeSilent()
                    .ifPresent(it -> derived.add(new Derived(it, stations.get(station)))));
    return new IdleWatch(circuit, all.stream().filter(EntryPort::needsWatch).toList(), derived);
  }

  boolean isEmpty() {
    return entries.isEmpty() && derived.isEmpty();
  }

  /** The clock has been looked at. */
  void look(long millis) {
    if (nextDerived() <= millis) {
      circuit.settle(); // rows that are on their way may have ended it
    }
    for (EntryPort entry : entries) {
      entry.silence().look(millis);
    }
    for (Derived stream : derived) {
      stream.timeline.look(millis);
    }
  }

  /** When the next partition is idle, if none speaks; {@code END} if all are, or have ended. */
  long next() {
    long next = nextDerived();
    for (EntryPort entry : entries) {
      for (int partition = 0; partition < entry.partitionCount(); partition++) {
        next = Math.min(next, deadline(entry, partition));
      }
    }
    return next;
  }

  private long nextDerived() {
    long next = Timeline.END;
    for (Derived stream : derived) {
      next = Math.min(next, stream.timeline.nextIdle());
    }
    return next;
  }

  /** Leaves out what is idle by {@code millis}, in the order of the script. */
  void leaveOut(long millis) {
    for (EntryPort entry : entries) {
      for (int partition = 0; partition < entry.partitionCount(); partition++) {
        if (deadline(entry, partition) <= millis) {
          circuit.leaveOut(entry, partition);
        }
      }
    }
    for (Derived stream : derived) {
      if (stream.timeline.nextIdle() <= millis) {
        circuit.settle();
        if (stream.timeline.leaveOut(millis)) {
          circuit.standStill(stream.entry);
        }
      }
    }
  }

  private static long deadline(EntryPort entry, int partition) {
    boolean isLeftOut = entry.isIdle(partition) || entry.watermark(partition) == Timeline.END;
    return isLeftOut ? Timeline.END : entry.silence().deadline(partition);
  }
}
