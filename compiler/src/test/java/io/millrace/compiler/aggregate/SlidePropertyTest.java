package io.millrace.compiler.aggregate;

import static io.millrace.compiler.aggregate.Groups.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random rows slide many at a time: each has the results, or fails, as if all had come and gone one
 * by one.
 */
class SlidePropertyTest {
  private static final int STEPS = 300;
  private static final int GROUPS = 3;

  /**
   * @param isLong whether there are so many aggregates that they are written once only
   */
  record Case(DataType type, DataType sum, Updates updates, boolean isLong, long seed) {}

  static Stream<Case> cases() {
    DataType decimal = DataType.decimal(20, 2);
    return IntStream.range(0, 3)
        .boxed()
        .flatMap(
            seed ->
                Stream.of(Updates.RETRACT, Updates.RETRACT_BY_TIME)
                    .flatMap(
                        updates ->
                            Stream.of(true, false)
                                .flatMap(
                                    isLong ->
                                        Stream.of(
                                            new Case(
                                                DataType.BIGINT,
                                                DataType.BIGINT,
                                                updates,
                                                isLong,
                                                seed),
                                            new Case(
                                                DataType.DOUBLE,
                                                DataType.DOUBLE,
                                                updates,
                                                isLong,
                                                seed),
                                            new Case(
                                                decimal,
                                                DataType.decimal(38, 2),
                                                updates,
                                                isLong,
                                                seed)))));
  }

  private static AggregateProgram program(Case c) {
    DataType avg = c.type() instanceof DataType.Decimal ? DataType.decimal(38, 6) : DataType.DOUBLE;
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(call(AggregateFunction.COUNT, -1, c.type(), DataType.BIGINT));
    calls.add(call(AggregateFunction.SUM, 0, c.type(), c.sum()));
    calls.add(call(AggregateFunction.AVG, 0, c.type(), avg));
    calls.add(call(AggregateFunction.MAX, 0, c.type(), c.type()));
    calls.add(call(AggregateFunction.STDDEV_POP, 0, c.type(), DataType.DOUBLE));
    if (c.isLong()) {
      calls.add(call(AggregateFunction.MIN, 0, c.type(), c.type()));
      calls.add(call(AggregateFunction.VAR_SAMP, 0, c.type(), DataType.DOUBLE));
      calls.add(call(AggregateFunction.SUM, 0, c.type(), c.sum(), 1));
      calls.add(call(AggregateFunction.COUNT, 0, c.type(), DataType.BIGINT, 1));
      calls.add(call(AggregateFunction.MAX, 0, c.type(), c.type(), 1));
    }
    return AggregateCompiler.compile(calls, c.updates());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldBeAsOneByOne(Case c) {
    Random random = new Random(c.seed());
    List<DataType> types = List.of(c.type(), DataType.BOOLEAN, DataType.BIGINT);
    Groups groups = new Groups(program(c), types);
    Groups oneByOne = new Groups(program(c), types);
    List<LinkedList<@Nullable Object[]>> held = new ArrayList<>();
    IntStream.range(0, GROUPS).forEach(group -> held.add(new LinkedList<>()));
    for (int step = 0; step < STEPS; step++) {
      boolean anyNull = random.nextInt(4) == 0;
      List<@Nullable Object[]> come = new ArrayList<>();
      List<List<@Nullable Object[]>> leave = new ArrayList<>();
      int count = 1 + random.nextInt(6);
      boolean isOneGroup = random.nextBoolean();
      int first = random.nextInt(GROUPS);
      for (int i = 0; i < count; i++) {
        int group = isOneGroup ? first : random.nextInt(GROUPS);
        come.add(
            new @Nullable Object[] {
              anyNull && random.nextInt(3) == 0 ? null : value(c.type(), random),
              random.nextBoolean(),
              (long) group
            });
        leave.add(takeSome(held, group, isOneGroup, random));
      }
      Groups.Slid slid = groups.slide(come, leave, false);
      assertThat(slid).as("step %d", step).isEqualTo(oneByOne.slide(come, leave, true));
      for (int i = 0; i < count; i++) {
        if (slid.messages().get(i) == null) {
          held.get((int) (long) (Long) come.get(i)[2]).add(come.get(i));
        }
      }
    }
  }

  /** Takes the oldest of the row's group, as a full window does, or some of any group or of it. */
  private static List<@Nullable Object[]> takeSome(
      List<LinkedList<@Nullable Object[]>> held, int group, boolean isOneGroup, Random random) {
    List<@Nullable Object[]> taken = new ArrayList<>();
    boolean isFull = held.get(group).size() > 3;
    if (isFull && random.nextInt(4) > 0) {
      taken.add(held.get(group).remove());
    }
    while (random.nextInt(4) == 0) {
      LinkedList<@Nullable Object[]> other = held.get(isOneGroup ? group : random.nextInt(GROUPS));
      if (!other.isEmpty()) {
        taken.add(other.remove());
      }
    }
    return taken;
  }

  private static Object value(DataType type, Random random) {
    if (type == DataType.DOUBLE) {
      double[] some = {Double.NaN, 0.1, 1e300, -1e-300, Double.POSITIVE_INFINITY};
      return random.nextInt(30) == 0
          ? (Double) some[random.nextInt(some.length)]
          : (Double) (random.nextInt(2000) / 8.0 - 100);
    }
    return type instanceof DataType.Decimal decimal
        ? BigDecimal.valueOf(random.nextInt(200_000) - 100_000, decimal.scale())
        : random.nextInt(10) == 0
            ? (Long) (Long.MAX_VALUE / 2 + random.nextInt(100))
            : (Long) (long) (random.nextInt(2000) - 1000);
  }
}
