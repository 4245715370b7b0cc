package io.millrace.operators.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.filter.FilterTerm.Relation;
import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Output;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.Property;
import io.millrace.testkit.RandomValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilterIndexTest {
  private static final List<DataType.Simple> TYPES =
      List.of(DataType.Simple.BIGINT, DataType.Simple.DOUBLE, DataType.Simple.STRING);
  private static final int FILTERS = 12;

  @ParameterizedTest
  @EnumSource(Relation.class)
  void shouldSendWhatFiltersSendWithoutIndex(Relation relation) {
    for (DataType type : TYPES) {
      if (type != DataType.STRING || relation == Relation.EQUAL) {
        Property.check(
            40,
            40,
            random -> Collections.singletonList(new RandomValues(random).nullable(type)),
            rows -> checkSame(type, relation, rows));
      }
    }
  }

  private static void checkSame(
      DataType type, Relation relation, List<List<@Nullable Object>> rows) {
    Schema schema = Schema.of(new Field("x", type));
    RandomValues constants = new RandomValues(new Random(rows.size()));
    DirectRun run = new DirectRun();
    Batch batch = run.batch(schema, rows);
    List<IndexedFilter> filters = new ArrayList<>();
    for (int i = 0; i < FILTERS; i++) {
      filters.add(run.open(spec(schema, relation(relation, i), constants.value(type))));
    }

    List<List<String>> expected = new ArrayList<>();
    List<List<String>> indexed = new ArrayList<>();
    List<FilterIndex.Member> members = new ArrayList<>();
    for (IndexedFilter filter : filters) {
      DirectRun alone = new DirectRun();
      filter.process(0, batch, alone);
      expected.add(alone.sent());
      DirectRun together = new DirectRun();
      indexed.add(together.sent());
      members.add(new FilterIndex.Member(filter, together));
    }
    FilterIndex index = new FilterIndex(FilterIndex.Kind.of(filters.get(0).term()), members);
    index.process(batch);
    assertThat(indexed).isEqualTo(expected);
    index.process(batch);
    for (int i = 0; i < FILTERS; i++) {
      assertThat(indexed.get(i)).hasSize(2 * expected.get(i).size());
    }
  }

  /** Mixes bounds that are included with such that are not. */
  private static Relation relation(Relation relation, int member) {
    boolean other = member % 3 == 0;
    return switch (relation) {
      case EQUAL -> Relation.EQUAL;
      case LESS -> other ? Relation.LESS_OR_EQUAL : Relation.LESS;
      case LESS_OR_EQUAL -> other ? Relation.LESS : Relation.LESS_OR_EQUAL;
      case GREATER -> other ? Relation.GREATER_OR_EQUAL : Relation.GREATER;
      case GREATER_OR_EQUAL -> other ? Relation.GREATER : Relation.GREATER_OR_EQUAL;
    };
  }

  @Test
  void shouldCallFiltersInTheirOrderWhenRowConcernsSeveral() {
    Schema schema = Schema.of(new Field("x", DataType.BIGINT));
    DirectRun run = new DirectRun();
    Batch batch = run.batch(schema, List.of(List.of(5L)));
    List<Integer> called = new ArrayList<>();
    List<FilterIndex.Member> members = new ArrayList<>();
    long[] constants = {3, 9, 1, 4, 2, 8, 0, 1};
    for (int i = 0; i < constants.length; i++) {
      IndexedFilter filter = run.open(spec(schema, Relation.GREATER, constants[i]));
      members.add(new FilterIndex.Member(filter, noting(i, called)));
    }

    new FilterIndex(FilterIndex.Kind.of(members.get(0).filter().term()), members).process(batch);

    assertThat(called).containsExactly(0, 2, 3, 4, 6, 7);
  }

  private static Output noting(int member, List<Integer> called) {
    return new Output() {
      @Override
      public void emit(Batch batch) {
        called.add(member);
      }

      @Override
      public void late(Batch batch, int row) {
        throw new AssertionError("late");
      }

      @Override
      public void fail(Batch batch, int row, String error) {
        throw new AssertionError(error);
      }
    };
  }

  private static FilterProjectSpec spec(Schema schema, Relation relation, Object constant) {
    return new FilterProjectSpec(
        "Filter x " + relation + " " + constant,
        schema,
        HandWrittenKernels.predicate(
            (batch, row) -> {
              Object value = batch.column(0).get(row);
              return value == null ? null : isTrue(relation, value, constant);
            }),
        null,
        new FilterTerm(0, relation, constant));
  }

  private static boolean isTrue(Relation relation, Object value, Object constant) {
    int order = Comparisons.compare(value, constant);
    return switch (relation) {
      case EQUAL -> order == 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
