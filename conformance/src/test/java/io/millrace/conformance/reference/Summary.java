package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * {@code count(*), count(t), sum(t), min(t), max(t)}, from all rows each time.
 *
 * @param filter what stands in the FILTER of each of them; null if they have none
 */
record Summary(Term term, @Nullable Condition filter) {
  static Summary random(Random random) {
    Term term = Term.random(random, 2);
    return new Summary(term, random.nextInt(3) == 0 ? Condition.random(random, 2) : null);
  }

  String sql() {
    String t = term.sql();
    return aggregate("count(*)", "n")
        + ", "
        + aggregate("count(" + t + ")", "c")
        + ", "
        + aggregate("sum(" + t + ")", "s")
        + ", "
        + aggregate("min(" + t + ")", "lo")
        + ", "
        + aggregate("max(" + t + ")", "hi");
  }

  private String aggregate(String call, String alias) {
    String filtered = filter == null ? "" : " FILTER (WHERE " + filter.sql() + ")";
    return call + filtered + " AS " + alias;
  }

  /** Evaluates all that the aggregates take; throws as {@link Term#value} does. */
  void evaluate(InputRow row) {
    term.value(row);
    if (filter != null) {
      filter.value(row);
    }
  }

  private boolean takes(InputRow row) {
    return filter == null || Boolean.TRUE.equals(filter.value(row));
  }

  List<@Nullable Object> of(List<InputRow> all) {
    List<InputRow> rows = all.stream().filter(this::takes).toList();
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
