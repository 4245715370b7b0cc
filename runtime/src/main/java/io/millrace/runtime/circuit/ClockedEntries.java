package io.millrace.runtime.circuit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the clock moves: the streams whose rows have the times of their arrival. Where the ways of
 * such streams meet, they are moved in one turn, so that it does not matter to what comes together
 * there in how many steps the clock goes on; the others are moved one after the other.
 */
final class ClockedEntries {
  private final Circuit circuit;
  private final IdleWatch watch;
  private final boolean isAny;
  private final List<EntryPort> alone = new ArrayList<>();
  private final List<EntryPort> meeting = new ArrayList<>();

  /** What a turn of all concerns that meet. */
  private final Route together;

  private ClockedEntries(Circuit circuit, List<EntryPort> entries, IdleWatch watch) {
    this.circuit = circuit;
    this.watch = watch;
    this.isAny = !entries.isEmpty() || !watch.isEmpty();
    for (EntryPort entry : entries) {
      boolean meets =
          entries.stream().anyMatch(it -> it != entry && entry.route().meets(it.route()));
      (meets ? meeting : alone).add(entry);
    }
    this.together = Route.from(meeting);
  }

  /** Finds them among all entries of a circuit. */
  static ClockedEntries of(Circuit circuit, List<EntryPort> all) {
    return new ClockedEntries(
        circuit,
        all.stream().filter(e -> e.isArrival() && e.route().timeDriven().length > 0).toList(),
        new IdleWatch(circuit, all.stream().filter(EntryPort::needsWatch).toList()));
  }

  /** By what inputs fall silent. */
  IdleWatch watch() {
    return watch;
  }

  /** Whether the clock moves anything: asked in every turn. */
  boolean isAny() {
    return isAny;
  }

  /**
   * Moves the clock.
   *
   * @param next an entry that has a turn of rows next, which moves its clock; or null
   * @param first the time of the first of these rows
   */
  void move(long millis, @Nullable EntryPort next, long first) {
    if (next != null && meeting.contains(next)) {
      moveTogether(null, Math.min(millis, first));
      moveTogether(next, millis);
    } else {
      moveTogether(null, millis);
    }
    for (EntryPort entry : alone) {
      if (entry != next) {
        move(entry, millis);
      }
    }
  }

  private void move(EntryPort entry, long millis) {
    for (int partition = 0; partition < entry.partitionCount(); partition++) {
      circuit.advance(entry, partition, millis);
    }
  }

  /** Moves the clock of those that meet, but for one. */
  private void moveTogether(@Nullable EntryPort but, long millis) {
    List<EntryPort> moved = new ArrayList<>();
    for (EntryPort entry : meeting) {
      if (entry != but && entry.failure() == null && entry.isBehind(millis)) {
        moved.add(entry);
      }
    }
    if (moved.size() == 1) {
      move(moved.get(0), millis);
    } else if (!moved.isEmpty()) {
      boolean isAll = moved.size() == meeting.size();
      circuit.advanceTogether(moved, isAll ? together : Route.from(moved), millis);
    }
  }
}
