package io.millrace.operators.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.filter.FilterTerm.Between;
import io.millrace.operators.filter.FilterTerm.OneOf;
import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.values.DoubleMath;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.Property;
import io.millrace.testkit.RandomValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilterIndexesTest {
  private static final int FILTERS = 100;
  private static final Schema TWO =
      Schema.of(new Field("x", DataType.BIGINT), new Field("y", DataType.BIGINT));

  @ParameterizedTest
  @EnumSource(names = {"BIGINT", "DOUBLE", "STRING"})
  void shouldSendWhatFiltersSendWithoutIndex(DataType.Simple type) {
    Property.check(
        60,
        40,
        random -> Collections.singletonList(new RandomValues(random).nullable(type)),
        rows -> checkSame(type, rows));
  }

  private static void checkSame(DataType type, List<List<@Nullable Object>> rows) {
    Schema schema = Schema.of(new Field("x", type));
    Random random = new Random(rows.size());
    DirectRun opening = new DirectRun();
    Batch batch = opening.batch(schema, rows);
    List<@Nullable IndexedFilter> filters = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < FILTERS; i++) {
      IndexedFilter filter = opening.open(spec(schema, condition(type, random)));
      filters.add(filter);
      DirectRun alone = new DirectRun();
      filter.process(0, batch, alone);
      expected.add(alone.sent());
    }

    FilterIndexes indexes = FilterIndexes.of(filters).orElseThrow();
    for (int turn = 0; turn < 2; turn++) {
      assertThat(sent(indexes, batch)).isEqualTo(expected);
    }
  }

  private static List<List<String>> sent(FilterIndexes indexes, Batch batch) {
    List<List<String>> sent = new ArrayList<>(Collections.nCopies(FILTERS, List.of()));
    indexes.find(batch);
    int last = -1;
    for (int i = indexes.poll(); i >= 0; i = indexes.poll()) {
      assertThat(i).isGreaterThan(last);
      last = i;
      DirectRun run = new DirectRun();
      indexes.process(i, batch, run);
      sent.set(i, run.sent());
    }
    return sent;
  }

  private static FilterTerm.Condition condition(DataType type, Random random) {
    RandomValues values = new RandomValues(random);
    Object value = sortable(values.value(type));
    if (type == DataType.STRING || random.nextInt(3) == 0) {
      return new OneOf(Set.copyOf(List.of(value, sortable(values.value(type)))));
    }
    long bound = (Long) value;
    return switch (random.nextInt(3)) {
      case 0 -> new Between(bound, Long.MAX_VALUE);
      case 1 -> new Between(Long.MIN_VALUE, bound);
      default -> new Between(bound, (Long) sortable(values.value(type)));
    };
  }

  private static Object sortable(Object value) {
    return value instanceof Double number ? (Object) DoubleMath.toSortable(number) : value;
  }

  @Test
  void shouldFindConsumersInTheirOrderWhenSomeAreNotIndexed() {
    List<@Nullable IndexedFilter> consumers = new ArrayList<>();
    DirectRun run = new DirectRun();
    for (long bound = 0; bound < 300; bound++) {
      consumers.add(
          bound % 100 == 50 ? null : run.open(spec(TWO, new Between(bound % 7, Long.MAX_VALUE))));
    }
    FilterIndexes indexes = FilterIndexes.of(consumers).orElseThrow();

    indexes.find(run.batch(TWO, List.of(List.of(0L, 0L))));

    List<Integer> found = new ArrayList<>();
    for (int i = indexes.poll(); i >= 0; i = indexes.poll()) {
      found.add(i);
      assertThat(indexes.isIndexed(i)).isEqualTo(i % 100 != 50);
    }
    assertThat(found).isSorted().hasSize(43 + 3).contains(0, 7, 50, 70, 150, 250, 294);
  }

  @Test
  void shouldTakeTermWhoseValuesDiffer() {
    Set<Object> same = Set.of(7L);
    List<@Nullable IndexedFilter> filters = new ArrayList<>();
    for (long i = 0; i < FilterIndexes.SMALLEST; i++) {
      filters.add(
          choosing(
              new FilterTerm(0, new OneOf(same), false, false),
              new FilterTerm(1, new Between(i, Long.MAX_VALUE), false, false)));
    }
    FilterIndexes indexes = FilterIndexes.of(filters).orElseThrow();

    indexes.find(new DirectRun().batch(TWO, List.of(List.of(7L, 1L))));

    assertThat(List.of(indexes.poll(), indexes.poll(), indexes.poll())).containsExactly(0, 1, -1);
  }

  @Test
  void shouldNotIndexWhenFiltersAreFew() {
    List<@Nullable IndexedFilter> filters = new ArrayList<>();
    for (long i = 1; i < FilterIndexes.SMALLEST; i++) {
      filters.add(choosing(new FilterTerm(0, new OneOf(Set.of(i)), false, true)));
    }
    filters.add(choosing(new FilterTerm(1, new OneOf(Set.of(9L)), false, true)));
    filters.add(choosing());
    filters.add(null);

    assertThat(FilterIndexes.of(filters)).isEqualTo(Optional.empty());
  }

  @Test
  void shouldForgetRowsOfBatchThatErrorEnded() {
    DirectRun run = new DirectRun();
    List<@Nullable IndexedFilter> filters = new ArrayList<>();
    for (int i = 0; i < FilterIndexes.SMALLEST; i++) {
      filters.add(run.open(spec(TWO, new OneOf(Set.of(1L)))));
    }
    FilterIndexes indexes = FilterIndexes.of(filters).orElseThrow();
    indexes.find(run.batch(TWO, List.of(List.of(1L, 0L), List.of(1L, 1L))));
    indexes.poll();

    indexes.find(run.batch(TWO, List.of(List.of(2L, 0L))));

    assertThat(indexes.poll()).isEqualTo(-1);
  }

  private static IndexedFilter choosing(FilterTerm... terms) {
    FilterProjectSpec spec =
        new FilterProjectSpec(
            "Filter",
            TWO,
            HandWrittenKernels.predicate((batch, row) -> true),
            null,
            List.of(terms),
            true);
    return new DirectRun().open(spec);
  }

  /** A filter of one term on the first column, half of them with more than that. */
  private static FilterProjectSpec spec(Schema schema, FilterTerm.Condition condition) {
    boolean isWhole = condition.hashCode() % 2 == 0;
    return new FilterProjectSpec(
        "Filter " + condition,
        schema,
        HandWrittenKernels.predicate(
            (batch, row) -> {
              Object value = batch.column(0).get(row);
              return value == null ? null : isTrue(condition, sortable(value));
            }),
        null,
        List.of(new FilterTerm(0, condition, !isWhole, isWhole)),
        true);
  }

  private static boolean isTrue(FilterTerm.Condition condition, Object value) {
    if (condition instanceof OneOf one) {
      return one.values().contains(value);
    }
    Between range = (Between) condition;
    return range.least() <= (Long) value && (Long) value <= range.greatest();
  }
}
