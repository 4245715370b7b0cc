package io.millrace.engine.script;

import io.millrace.spi.data.RowKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares what came with what was expected, stream by stream. */
final class RowComparison {
  private final Expectation.Rows expectation;

  RowComparison(Expectation.Rows expectation) {
    this.expectation = expectation;
  }

  /** What differs, side by side; empty if nothing does. */
  String differences(List<ActualRow> came) {
    Map<String, List<ExpectedRow>> expected = new LinkedHashMap<>();
    Map<String, List<ActualRow>> actual = new LinkedHashMap<>();
    for (ExpectedRow row : expectation.rows()) {
      expected.computeIfAbsent(key(row.stream()), stream -> new ArrayList<>()).add(row);
      actual.computeIfAbsent(key(row.stream()), stream -> new ArrayList<>());
    }
    for (ActualRow row : came) {
      String stream = key(row.shape().stream());
      if (isCompared(stream)) {
        expected.computeIfAbsent(stream, missing -> new ArrayList<>());
        actual.computeIfAbsent(stream, missing -> new ArrayList<>()).add(row);
      }
    }
    StringBuilder text = new StringBuilder();
    expected.forEach(
        (stream, rows) -> text.append(compare(rows, actual.getOrDefault(stream, List.of()))));
    return text.toString();
  }

  private boolean isCompared(String stream) {
    Set<String> only = expectation.streams();
    return only.isEmpty() || only.contains(stream) || stream.equals(ExpectedRow.ANSWER);
  }

  private String compare(List<ExpectedRow> expected, List<ActualRow> actual) {
    return expectation.isUnordered()
        ? compareAsBags(expected, actual)
        : SideBySide.differences(expected, actual);
  }

  /** Rows that say their time are looked for first: they have fewer to choose from. */
  private static String compareAsBags(List<ExpectedRow> expected, List<ActualRow> actual) {
    List<ActualRow> left = new ArrayList<>(actual);
    List<ExpectedRow> missing = new ArrayList<>();
    List<ExpectedRow> strictFirst = new ArrayList<>(expected);
    strictFirst.sort((a, b) -> Boolean.compare(a.time() == null, b.time() == null));
    for (ExpectedRow row : strictFirst) {
      int found = 0;
      while (found < left.size() && !matches(row, left.get(found))) {
        found++;
      }
      if (found < left.size()) {
        left.remove(found);
      } else {
        missing.add(row);
      }
    }
    return SideBySide.differences(missing, left);
  }

  /** Whether a row is as expected. */
  static boolean matches(ExpectedRow expected, ActualRow actual) {
    Long time = expected.time();
    OutputShape shape = actual.shape();
    if ((time != null && time != actual.time()) || !matchesKind(expected, actual)) {
      return false;
    }
    for (int column : shape.columns(actual.kind() == RowKind.DELETE)) {
      String name = shape.schema().name(column);
      Object wanted = ValueComparison.member(expected.values(), name);
      if (!ValueComparison.areSame(
          shape.schema().type(column), wanted, actual.values().get(name))) {
        return false;
      }
    }
    return expected.values().keySet().stream()
        .allMatch(name -> ValueComparison.hasMember(actual.values(), name));
  }

  private static boolean matchesKind(ExpectedRow expected, ActualRow actual) {
    String kind = expected.kind();
    if (kind != null) {
      return kind.equals(actual.kind().symbol());
    }
    return actual.kind() == RowKind.INSERT
        || (actual.kind() == RowKind.UPDATE_AFTER && actual.shape().isUpserted());
  }

  private static String key(String stream) {
    return stream.toLowerCase(Locale.ROOT);
  }
}
