package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some aggregates of two terms, from all rows each time.
 *
 * @param filter what stands in the FILTER of each of them; null if they have none
 */
record Summary(
    Term term, Term other, @Nullable Condition filter, List<ReferenceAggregate> aggregates) {
  private static final int MOST = 5;

  static Summary random(Random random) {
    Term term = Term.random(random, 2);
    List<ReferenceAggregate> all = List.of(ReferenceAggregate.values());
    return new Summary(
        term,
        Term.random(random, 1),
        random.nextInt(3) == 0 ? Condition.random(random, 2) : null,
        random
            .ints(1 + random.nextInt(MOST), 0, all.size())
            .distinct()
            .mapToObj(all::get)
            .toList());
  }

  /** Without the aggregates that run only in windows. */
  Summary withoutWindow() {
    List<ReferenceAggregate> others =
        aggregates.stream().filter(aggregate -> !aggregate.needsWindow()).toList();
    return new Summary(
        term, other, filter, others.isEmpty() ? List.of(ReferenceAggregate.COUNT) : others);
  }

  /** Without those of users, for frames whose rows have been accepted before. */
  Summary ofAccepted() {
    List<ReferenceAggregate> others =
        aggregates.stream().filter(aggregate -> !aggregate.isOfUser()).toList();
    return new Summary(
        term, other, filter, others.isEmpty() ? List.of(ReferenceAggregate.COUNT) : others);
  }

  /** With those aggregates only that give a BIGINT of any term. */
  Summary ofNumbers() {
    List<ReferenceAggregate> numbers =
        aggregates.stream().filter(ReferenceAggregate::isOfBigint).toList();
    return new Summary(
        term, other, filter, numbers.isEmpty() ? List.of(ReferenceAggregate.COUNT) : numbers);
  }

  String sql() {
    String filtered = filter == null ? "" : " FILTER (WHERE " + filter.sql() + ")";
    return IntStream.range(0, aggregates.size())
        .mapToObj(i -> aggregates.get(i).sql(term, other, filtered) + " AS a" + i)
        .collect(Collectors.joining(", "));
  }

  /** The aggregates without names, with what stands behind each. */
  List<String> calls(String rest) {
    String filtered = filter == null ? "" : " FILTER (WHERE " + filter.sql() + ")";
    return aggregates.stream()
        .map(aggregate -> aggregate.sql(term, other, filtered + rest))
        .toList();
  }

  /** Evaluates all that the aggregates take; throws as {@link Term#value} does. */
  void evaluate(InputRow row) {
    if (aggregates.stream().anyMatch(ReferenceAggregate::takesTerm)) {
      term.value(row);
    }
    if (aggregates.stream().anyMatch(ReferenceAggregate::takesOther)) {
      other.value(row);
    }
    if (filter != null) {
      filter.value(row);
    }
  }

  private boolean takes(InputRow row) {
    return filter == null || Boolean.TRUE.equals(filter.value(row));
  }

  /** Of rows in the order in which they came: that of their times is that of the aggregates. */
  List<@Nullable Object> of(List<InputRow> arrived) {
    return inOrder(arrived.stream().sorted(Comparator.comparingLong(InputRow::ts)).toList());
  }

  /** Of rows in the order of the aggregates. */
  List<@Nullable Object> inOrder(List<InputRow> all) {
    List<InputRow> rows = all.stream().filter(this::takes).toList();
    List<@Nullable Object> result = new ArrayList<>();
    for (ReferenceAggregate aggregate : aggregates) {
      result.add(aggregate.of(rows, term, other));
    }
    return result;
  }
}
