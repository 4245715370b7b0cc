package io.millrace.compiler.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.Updates;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What rows that have gone leave behind: as random rows come and go, such aggregates must be those
 * of all that have come, and the number of rows that of those that are there.
 */
class LastingAggregatePropertyTest {
  private static final int STEPS = 300;

  record Case(DataType type, Updates updates) {}

  static Stream<Case> cases() {
    return Arrays.stream(Updates.values())
        .flatMap(
            updates ->
                Stream.of(DataType.BIGINT, DataType.DOUBLE, DataType.STRING)
                    .map(type -> new Case(type, updates)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldKnowAllThatHasCome(Case c) {
    Random random = new Random(c.hashCode());
    List<DataType> types = List.of(c.type(), DataType.BOOLEAN, DataType.BIGINT);
    Groups groups = new Groups(AggregateCompiler.compile(calls(c), c.updates()), types);
    List<LinkedList<@Nullable Object[]>> rows = List.of(new LinkedList<>(), new LinkedList<>());
    List<List<@Nullable Object[]>> all = List.of(new ArrayList<>(), new ArrayList<>());
    for (int step = 0; step < STEPS; step++) {
      int key = random.nextInt(2);
      boolean isMerged = c.updates().isMerging() && random.nextInt(30) == 0;
      if (isMerged && !rows.get(1 - key).isEmpty()) {
        groups.merge(1 - key, key);
        rows.get(key).addAll(rows.get(1 - key));
        all.get(key).addAll(all.get(1 - key));
        rows.get(1 - key).clear();
        all.get(1 - key).clear();
      }
      boolean goes = c.updates().isRetractable() && random.nextInt(10) < 2 + step % 100 / 15;
      if (goes && !rows.get(key).isEmpty()) {
        groups.remove(AggregatePropertyTest.taken(c.updates(), rows.get(key), random));
      } else {
        @Nullable Object[] row = {
          random.nextInt(3) == 0 ? null : value(c.type(), random),
          random.nextInt(3) == 0 ? null : random.nextInt(9) == 0,
          (long) key
        };
        assertThat(groups.add(row)).isNull();
        rows.get(key).add(row);
        all.get(key).add(row);
      }
      if (random.nextInt(40) == 0) {
        groups.restart();
      }
      assertThat(groups.results(key))
          .as("%s, step %d", c, step)
          .isEqualTo(expected(all.get(key), rows.get(key).size()));
    }
  }

  private static List<AggregateCall> calls(Case c) {
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(Groups.call(AggregateFunction.COUNT, -1, c.type(), DataType.BIGINT));
    calls.add(Groups.call(AggregateFunction.MIN_EVER, 0, c.type(), c.type()));
    calls.add(Groups.call(AggregateFunction.MAX_EVER, 0, c.type(), c.type(), 1));
    calls.add(
        new AggregateCall(
            "a",
            AggregateFunction.EVER,
            List.of(new ColumnReference(1, DataType.BOOLEAN, "f")),
            false,
            false,
            null,
            DataType.BOOLEAN));
    return calls;
  }

  private static Object value(DataType type, Random random) {
    int number = random.nextInt(100);
    if (type == DataType.STRING) {
      return "s" + number;
    }
    return type == DataType.DOUBLE
        ? (Object) (number == 0 ? Double.NaN : number / 4.0)
        : (Object) (long) number;
  }

  private static List<@Nullable Object> expected(List<@Nullable Object[]> all, long count) {
    List<@Nullable Object> expected = new ArrayList<>();
    expected.add(count);
    expected.add(values(all.stream()).min(Comparisons::compare).orElse(null));
    expected.add(
        values(all.stream().filter(row -> Boolean.TRUE.equals(row[1])))
            .max(Comparisons::compare)
            .orElse(null));
    List<Object> conditions = new ArrayList<>();
    all.forEach(row -> conditions.add(Objects.requireNonNullElse(row[1], "unknown")));
    expected.add(
        conditions.contains(true)
            ? Boolean.TRUE
            : conditions.contains(false) ? Boolean.FALSE : null);
    return expected;
  }

  private static Stream<Object> values(Stream<@Nullable Object[]> rows) {
    return rows.map(row -> row[0]).filter(Objects::nonNull).map(Objects::requireNonNull);
  }
}
