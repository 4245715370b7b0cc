package io.millrace.runtime.circuit;

import io.millrace.operators.filter.FilterIndex;
import io.millrace.operators.filter.FilterProjectSpec;
import io.millrace.operators.filter.IndexedFilter;
import io.millrace.spi.data.Batch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a station gives its rows to its consumers: to each in the order of the script, but to many
 * filters that compare the same column with constants through an index.
 */
record Dispatch(Station.Consumer[] each, FilterIndex[] indexes, TurnFailures failures) {

  static Dispatch of(Station.Consumer[] consumers, TurnFailures failures) {
    Map<FilterIndex.Kind, List<Station.Consumer>> alike = new LinkedHashMap<>();
    for (Station.Consumer consumer : consumers) {
      IndexedFilter filter = filterOf(consumer);
      if (filter != null) {
        alike
            .computeIfAbsent(FilterIndex.Kind.of(filter.term()), kind -> new ArrayList<>())
            .add(consumer);
      }
    }
    alike.values().removeIf(group -> group.size() < FilterIndex.SMALLEST);
    List<Station.Consumer> each = new ArrayList<>(List.of(consumers));
    List<FilterIndex> indexes = new ArrayList<>();
    alike.forEach(
        (kind, group) -> {
          each.removeAll(group);
          indexes.add(new FilterIndex(kind, group.stream().map(Dispatch::member).toList()));
        });
    return new Dispatch(
        each.toArray(Station.Consumer[]::new), indexes.toArray(FilterIndex[]::new), failures);
  }

  void take(Batch batch) {
    for (Station.Consumer consumer : each) {
      try {
        consumer.take(batch);
      } catch (RuntimeException e) { // the others get their rows all the same
        failures.add(e);
      }
    }
    for (FilterIndex index : indexes) {
      index.process(batch);
    }
  }

  private static @Nullable IndexedFilter filterOf(Station.Consumer consumer) {
    OperatorStation station = consumer.station();
    return station != null
            && station.node().spec() instanceof FilterProjectSpec spec
            && spec.term() != null
            && station.operator() instanceof IndexedFilter filter
        ? filter
        : null;
  }

  private static FilterIndex.Member member(Station.Consumer consumer) {
    OperatorStation station = Objects.requireNonNull(consumer.station());
    return new FilterIndex.Member((IndexedFilter) station.operator(), station);
  }
}
