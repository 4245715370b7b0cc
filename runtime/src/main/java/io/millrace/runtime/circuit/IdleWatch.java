package io.millrace.runtime.circuit;

import io.millrace.spi.time.Timeline;
import java.util.List;

/** Leaves partitions out of the watermark that have been silent for so long, by the clock. */
final class IdleWatch {
  private final Circuit circuit;
  private final List<EntryPort> entries;

  /**
   * @param entries those that nobody else listens to, and whose silence matters
   */
  IdleWatch(Circuit circuit, List<EntryPort> entries) {
    this.circuit = circuit;
    this.entries = List.copyOf(entries);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The clock has been looked at. */
  void look(long millis) {
    for (EntryPort entry : entries) {
      entry.silence().look(millis);
    }
  }

  /** When the next partition is idle, if none speaks; {@code END} if all are, or have ended. */
  long next() {
    long next = Timeline.END;
    for (EntryPort entry : entries) {
      for (int partition = 0; partition < entry.partitionCount(); partition++) {
        next = Math.min(next, deadline(entry, partition));
      }
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
  }

  private static long deadline(EntryPort entry, int partition) {
    boolean isLeftOut = entry.isIdle(partition) || entry.watermark(partition) == Timeline.END;
    return isLeftOut ? Timeline.END : entry.silence().deadline(partition);
  }
}
