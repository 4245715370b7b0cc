package io.millrace.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.BehindSort;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.Property;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Behind a sorting operator, which sends several rows at one position. */
class OrderOperatorTest {
  private static final long SLACK = 1_000;
  private static final Schema ROWS =
      Schema.of(
          new Field("p", DataType.STRING),
          new Field("n", DataType.BIGINT),
          new Field("x", DataType.DOUBLE));
  private static final SortKey N = new SortKey(1, false, false);
  private static final SortKey N_DESC = new SortKey(1, true, true);
  private static final SortKey X_DESC = new SortKey(2, true, true);

  @Test
  void shouldSortRowsOfOneTimeWhenTheyComeTogether() {
    harness(List.of(N), 0, OptionalLong.empty(), List.of(), true)
        .row(100, "a", 3, 1.0)
        .row(200, "b", 1, 1.0)
        .row(100, "c", 2, 1.0)
        .row(100, "d", 2, 0.0)
        .advance(300)
        .emits(100, "c", 2, 1.0)
        .emits(100, "d", 2, 0.0)
        .emits(100, "a", 3, 1.0)
        .emits(200, "b", 1, 1.0)
        .checkLeavesNothing();
  }

  @Test
  void shouldNotMixRowsOfOneTimeWhenTheyComeAtTwoPositions() {
    harness(List.of(N), 0, OptionalLong.of(1), List.of(), true)
        .row(100, "a", 3, 1.0)
        .advance(101)
        .emits(100, "a", 3, 1.0)
        .row(101, "b", 1, 1.0)
        .emits(101, "b", 1, 1.0)
        .row(101, "c", 0, 1.0)
        .emits(101, "c", 0, 1.0)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepTheFirstRowsWhenThereIsALimit() {
    harness(List.of(X_DESC, N), 1, OptionalLong.of(2), List.of(), true)
        .row(100, "a", 3, 1.0)
        .row(100, "b", 1, 5.0)
        .row(100, "c", 2, 5.0)
        .row(100, "d", 1, null)
        .row(100, "e", 2, 5.0)
        .row(100, "f", 0, 5.0)
        .advance(300)
        .emits(100, "f", 0, 5.0)
        .emits(100, "b", 1, 5.0)
        .checkLeavesNothing();
  }

  @Test
  void shouldPutNullWhereItIsWanted() {
    for (boolean nullsFirst : new boolean[] {false, true}) {
      OperatorHarness harness =
          harness(
              List.of(new SortKey(1, false, nullsFirst)), 0, OptionalLong.of(2), List.of(), true);
      harness.row(100, "a", 3, 1.0).row(100, "b", null, 1.0).row(100, "c", 2, 1.0).advance(300);
      if (nullsFirst) {
        harness.emits(100, "b", null, 1.0).emits(100, "c", 2, 1.0);
      } else {
        harness.emits(100, "c", 2, 1.0).emits(100, "a", 3, 1.0);
      }
      harness.checkLeavesNothing();
    }
  }

  @Test
  void shouldCutEachEmissionWhenColumnsTellThemApart() {
    harness(List.of(N_DESC), 0, OptionalLong.of(1), List.of(0), true)
        .row(100, "a", 1, 1.0)
        .row(100, "b", 3, 1.0)
        .row(100, "a", 2, 1.0)
        .row(100, null, 7, 1.0)
        .row(200, "b", 0, 1.0)
        .row(200, "a", 0, 1.0)
        .advance(300)
        .emits(100, "a", 2, 1.0)
        .emits(100, "b", 3, 1.0)
        .emits(100, null, 7, 1.0)
        .emits(200, "b", 0, 1.0)
        .emits(200, "a", 0, 1.0)
        .checkLeavesNothing();
  }

  @Test
  void shouldSortRowsOfDifferentTimesWhenTimeDoesNotTellThemApart() {
    harness(List.of(N_DESC), 0, OptionalLong.of(2), List.of(), false)
        .row(100, "a", 1, 1.0)
        .row(150, "b", 3, 1.0)
        .row(120, "c", 2, 1.0)
        .advance(300)
        .emits(150, "b", 3, 1.0)
        .emits(120, "c", 2, 1.0)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendNothingWhenTheLimitIsZero() {
    harness(List.of(N), 0, OptionalLong.of(0), List.of(), true)
        .row(100, "a", 1, 1.0)
        .row(100, "b", 3, 1.0)
        .advance(300)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendNothingWhenTheOffsetIsGreaterThanAllRows() {
    harness(List.of(N), Long.MAX_VALUE, OptionalLong.of(Long.MAX_VALUE), List.of(), true)
        .row(100, "a", 1, 1.0)
        .row(100, "b", 3, 1.0)
        .advance(300)
        .checkLeavesNothing();
  }

  /** A row at one of a few times, so that many belong together. */
  private record Item(long time, String p, @Nullable Long n, Double x) {
    static Item random(Random random) {
      Long n = random.nextInt(6) == 0 ? null : Long.valueOf(random.nextInt(5));
      double x = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(3);
      return new Item(random.nextInt(3), "p" + random.nextInt(3), n, x);
    }
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSends() {
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      int offset = random.nextInt(3);
      OptionalLong limit =
          random.nextInt(3) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(6));
      boolean isApart = random.nextBoolean();
      Property.check(
          1, 60, Item::random, items -> checkAgainstNaive(items, offset, limit, isApart));
    }
  }

  private static void checkAgainstNaive(
      List<Item> items, int offset, OptionalLong limit, boolean isApart) {
    OperatorHarness harness =
        harness(List.of(N_DESC, X_DESC), offset, limit, isApart ? List.of(0) : List.of(), true);
    items.forEach(item -> harness.row(item.time(), item.p(), item.n(), item.x()));
    harness.advance(10);

    Map<Long, Map<String, List<Item>>> moments = new TreeMap<>();
    for (Item item : items) {
      moments
          .computeIfAbsent(item.time(), time -> new LinkedHashMap<>())
          .computeIfAbsent(isApart ? item.p() : "", p -> new ArrayList<>())
          .add(item);
    }
    List<Item> expected = new ArrayList<>();
    Comparator<Item> order =
        Comparator.comparing(Item::n, Comparator.nullsLast(Comparator.<Long>naturalOrder()))
            .thenComparing(Item::x)
            .reversed();
    moments.values().stream()
        .flatMap(emissions -> emissions.values().stream())
        .forEach(
            emission ->
                emission.stream()
                    .sorted(order)
                    .skip(offset)
                    .limit(limit.orElse(Long.MAX_VALUE))
                    .forEach(expected::add));
    assertThat(harness.run().rows().stream().map(row -> row.rowtime() + row.values().toString()))
        .isEqualTo(
            expected.stream()
                .map(item -> item.time() + "[" + item.p() + ", " + item.n() + ", " + item.x() + "]")
                .toList());
  }

  private static OperatorHarness harness(
      List<SortKey> order,
      long offset,
      OptionalLong limit,
      List<Integer> apart,
      boolean isOfOneTime) {
    OrderSpec spec = new OrderSpec(ROWS, order, offset, limit, apart, isOfOneTime);
    return OperatorHarness.of(
            () -> new BehindSort(ROWS, spec.create(new HandWrittenKernels())),
            HeapStateBackend::new)
        .input(ROWS)
        .eventTime(SLACK);
  }
}
