package io.millrace.runtime.circuit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a turn of one entry concerns: the stations that its rows may reach, and of these, in
 * topological order, those that merge inputs and those that act on time.
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
    Set<Station> reached = new HashSet<>();
    List<OperatorStation> stations = new ArrayList<>();
    List<Station> open = new ArrayList<>(List.of(entry));
    reached.add(entry);
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
}
