package io.millrace.operators.filter;

import io.millrace.operators.filter.FilterTerm.Between;
import io.millrace.operators.filter.FilterTerm.OneOf;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds which consumers of a stream a batch concerns: filters that have a term on one column with
 * many others by an index, all the others always. The consumers come in their order, whether they
 * are behind an index or not.
 *
 * <pre>{@code
 * indexes.find(batch);
 * for (int i = indexes.poll(); i >= 0; i = indexes.poll()) {
 *   if (indexes.isIndexed(i)) {
 *     indexes.process(i, batch, output);
 *   } else {
 *     …
 *   }
 * }
 * }</pre>
 */
public final class FilterIndexes {
  /** Below this number of filters an index does not pay. */
  public static final int SMALLEST = 8;

  private final @Nullable IndexedFilter[] filters;
  private final @Nullable FilterTerm[] terms;
  private final int[] others;
  private final FilterIndex[] indexes;
  private final ConcernedRows concerned;

  private FilterIndexes(
      List<@Nullable IndexedFilter> consumers, Map<Integer, Map<Integer, FilterTerm>> byColumn) {
    filters = consumers.toArray(IndexedFilter[]::new);
    terms = new FilterTerm[filters.length];
    List<FilterIndex> all = new ArrayList<>();
    byColumn.forEach(
        (column, members) -> {
          all.add(new FilterIndex(column, members));
          members.forEach((consumer, term) -> terms[consumer] = term);
        });
    indexes = all.toArray(FilterIndex[]::new);
    List<Integer> always = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      if (terms[i] == null) {
        always.add(i);
      }
    }
    others = always.stream().mapToInt(Integer::intValue).toArray();
    concerned = new ConcernedRows(filters.length);
  }

  /**
   * Indexes for the consumers of a stream, in their order; empty if none would pay.
   *
   * @param consumers null for those that are no filters
   */
  public static Optional<FilterIndexes> of(List<@Nullable IndexedFilter> consumers) {
    Map<Integer, Set<Object>> values = new HashMap<>();
    for (IndexedFilter filter : consumers) {
      if (filter != null) {
        filter.terms().forEach(term -> noteValues(term, values));
      }
    }
    Map<Integer, Map<Integer, FilterTerm>> byColumn = new LinkedHashMap<>();
    for (int i = 0; i < consumers.size(); i++) {
      IndexedFilter filter = consumers.get(i);
      FilterTerm best = filter == null ? null : best(filter.terms(), values);
      if (best != null) {
        byColumn.computeIfAbsent(best.column(), c -> new LinkedHashMap<>()).put(i, best);
      }
    }
    byColumn.values().removeIf(members -> members.size() < SMALLEST);
    return byColumn.isEmpty()
        ? Optional.empty()
        : Optional.of(new FilterIndexes(consumers, byColumn));
  }

  private static void noteValues(FilterTerm term, Map<Integer, Set<Object>> values) {
    if (term.condition() instanceof OneOf one) {
      values.computeIfAbsent(term.column(), c -> new HashSet<>()).addAll(one.values());
    }
  }

  /** The term that lets the fewest rows through, as far as one can tell from all the filters. */
  private static @Nullable FilterTerm best(
      List<FilterTerm> terms, Map<Integer, Set<Object>> values) {
    FilterTerm best = null;
    double smallest = Double.POSITIVE_INFINITY;
    for (FilterTerm term : terms) {
      double share = share(term, values);
      if (share < smallest) {
        smallest = share;
        best = term;
      }
    }
    return best;
  }

  /**
   * A guess of the share of rows that fulfil a term: a value that all filters ask for tells
   * nothing, one of a thousand that they ask for is rare.
   */
  private static double share(FilterTerm term, Map<Integer, Set<Object>> values) {
    if (term.condition() instanceof OneOf one) {
      return one.values().size() / (double) values.getOrDefault(term.column(), Set.of()).size();
    }
    return term.condition() instanceof Between range && range.isBounded() ? 0.25 : 0.5;
  }

  /** Begins with a batch. */
  public void find(Batch batch) {
    for (int left = concerned.poll(); left >= 0; left = concerned.poll()) {
      concerned.takeCount(left); // of a batch that an error ended
    }
    for (int consumer : others) {
      concerned.mark(consumer);
    }
    for (FilterIndex index : indexes) {
      index.find(batch, concerned);
    }
  }

  /** The next consumer that the batch concerns, by its number; -1 if there is none left. */
  public int poll() {
    return concerned.poll();
  }

  /** Whether a consumer is behind an index, so that it takes rows by {@link #process}. */
  public boolean isIndexed(int consumer) {
    return terms[consumer] != null;
  }

  /** Gives a filter behind an index the rows of the batch that concern it. */
  public void process(int consumer, Batch batch, Output output) {
    IndexedFilter filter = filters[consumer];
    FilterTerm term = terms[consumer];
    int count = concerned.takeCount(consumer);
    if (filter == null || term == null) {
      throw new IllegalArgumentException("consumer " + consumer + " has no index");
    }
    filter.processSelected(term, batch, concerned.rows(consumer), count, output);
  }
}
