package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;

/** Rows in the order in which they are sent, those apart that different moments bring. */
final class RowsByMoment {
  private final List<List<ResultRow>> moments = new ArrayList<>(List.of(new ArrayList<>()));

  void add(ResultRow row) {
    moments.get(moments.size() - 1).add(row);
  }

  /** What comes next is of another moment. */
  void endMoment() {
    moments.add(new ArrayList<>());
  }

  List<List<ResultRow>> moments() {
    return moments;
  }

  List<ResultRow> all() {
    return moments.stream().flatMap(List::stream).toList();
  }
}
