package io.millrace.runtime.circuit;

import io.millrace.operators.filter.FilterIndexes;
import io.millrace.operators.filter.IndexedFilter;
import io.millrace.spi.data.Batch;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a station gives its rows to its consumers: to each in the order of the script, but only to
 * those that a row concerns where there are many filters alike.
 */
final class Dispatch {
  private final Station.Consumer[] consumers;

  /** The consumer, if there is one only and no index; else null. */
  private final Station.@Nullable Consumer only;

  private final @Nullable FilterIndexes indexes;
  private final TurnFailures failures;

  private Dispatch(
      Station.Consumer[] consumers, @Nullable FilterIndexes indexes, TurnFailures failures) {
    this.consumers = consumers;
    this.only = indexes == null && consumers.length == 1 ? consumers[0] : null;
    this.indexes = indexes;
    this.failures = failures;
  }

  static Dispatch of(Station.Consumer[] consumers, TurnFailures failures) {
    FilterIndexes indexes =
        FilterIndexes.of(Arrays.stream(consumers).map(Dispatch::filterOf).toList()).orElse(null);
    return new Dispatch(consumers, indexes, failures);
  }

  void take(Batch batch) {
    if (only != null) {
      give(only, batch);
    } else if (indexes != null) {
      takeIndexed(indexes, batch);
    } else {
      for (Station.Consumer consumer : consumers) {
        give(consumer, batch);
      }
    }
  }

  private void give(Station.Consumer consumer, Batch batch) {
    try {
      consumer.take(batch);
    } catch (RuntimeException e) { // the others get their rows all the same
      failures.add(e);
    }
  }

  private void takeIndexed(FilterIndexes indexes, Batch batch) {
    indexes.find(batch);
    for (int i = indexes.poll(); i >= 0; i = indexes.poll()) {
      Station.Consumer consumer = consumers[i];
      try {
        if (indexes.isIndexed(i)) {
          indexes.process(i, batch, Objects.requireNonNull(consumer.station()));
        } else {
          consumer.take(batch);
        }
      } catch (RuntimeException e) { // the others get their rows all the same
        failures.add(e);
      }
    }
  }

  private static @Nullable IndexedFilter filterOf(Station.Consumer consumer) {
    OperatorStation station = consumer.station();
    return station != null && station.operator() instanceof IndexedFilter filter ? filter : null;
  }
}
