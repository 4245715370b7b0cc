package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code count(*), count(t), sum(t), min(t), max(t)}, from all rows each time. */
record Summary(Term term) {
  String sql() {
    String t = term.sql();
    return "count(*) AS n, count("
        + t
        + ") AS c, sum("
        + t
        + ") AS s, min("
        + t
        + ") AS lo, max("
        + t
        + ") AS hi";
  }

  List<@Nullable Object> of(List<InputRow> rows) {
    List<Long> values = new ArrayList<>();
    rows.stream().map(term::value).filter(Objects::nonNull).forEach(values::add);
    List<@Nullable Object> result = new ArrayList<>();
    result.add((long) rows.size());
    result.add((long) values.size());
    result.add(values.isEmpty() ? null : values.stream().reduce(0L, Math::addExact));
    result.add(values.isEmpty() ? null : Collections.min(values));
    result.add(values.isEmpty() ? null : Collections.max(values));
    return result;
  }
}
