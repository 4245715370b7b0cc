package io.millrace.runtime.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a turn concerns, which is mostly of one entry: the stations that its rows may reach, and of
 * these, in topological order, those that merge inputs and those that act on time.
 *
 * @param isStraight whether there are none of these, so that a turn is over when its rows have been
 *     sent
 */
record Route(
    Set<Station> reached,
    OperatorStation[] merging,
    OperatorStation[] timeDriven,
    boolean isStraight) {

  static Route from(EntryPort entry) {
    return from(List.of(entry));
  }

  /** What a turn of several entries concerns. */
  static Route from(List<EntryPort> entries) {
    Set<Station> reached = new HashSet<>();
    List<OperatorStation> stations = new ArrayList<>();
    List<Station> open = new ArrayList<>(entries);
    reached.addAll(entries);
    while (!open.isEmpty()) {
      Station at = open.remove(open.size() - 1);
      for (Station next : at.further()) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
      for (Station.Consumer consumer : at.consumers()) {
        OperatorStation station = consumer.station();
        if (station != null && reached.add(station)) {
          stations.add(station);
          open.add(station);
        }
      }
    }
    stations.sort(Comparator.comparingLong(OperatorStation::sequence));
    OperatorStation[] merging =
        stations.stream().filter(OperatorStation::takesPartInTurns).toArray(OperatorStation[]::new);
    OperatorStation[] timeDriven =
        stations.stream().filter(OperatorStation::isTimeDriven).toArray(OperatorStation[]::new);
    return new Route(reached, merging, timeDriven, merging.length == 0 && timeDriven.length == 0);
  }

  /** Whether rows of this turn and of one of another entry come to the same operator. */
  boolean meets(Route other) {
    return Arrays.stream(merging).anyMatch(other.reached::contains);
  }
}
