package io.millrace.operators.distinct;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.sort.BehindSort;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.Property;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Behind a sorting operator, which sends several rows at one position. */
class EmissionDistinctOperatorTest {
  private static final Schema ROWS =
      Schema.of(new Field("p", DataType.STRING), new Field("x", DataType.DOUBLE));

  @Test
  void shouldPassEachCombinationOnceWhenRowsOfOneTimeComeTogether() {
    harness()
        .row(100, "a", 1.0)
        .row(200, "a", 1.0)
        .row(100, "b", 1.0)
        .row(100, "a", 1.0)
        .row(100, null, Double.NaN)
        .row(100, null, Double.NaN)
        .row(100, "b", null)
        .row(200, "a", 1.0)
        .advance(300)
        .emits(100, "a", 1.0)
        .emits(100, "b", 1.0)
        .emits(100, null, Double.NaN)
        .emits(100, "b", null)
        .emits(200, "a", 1.0)
        .checkLeavesNothing();
  }

  @Test
  void shouldPassACombinationAgainWhenItComesAtAnotherPosition() {
    harness()
        .row(100, "a", 1.0)
        .row(100, "a", 1.0)
        .advance(101)
        .emits(100, "a", 1.0)
        .row(101, "a", 1.0)
        .emits(101, "a", 1.0)
        .row(101, "a", 1.0)
        .emits(101, "a", 1.0)
        .checkLeavesNothing();
  }

  /** A row at one of a few times. */
  private record Item(long time, String p, @Nullable Double x) {
    static Item random(Random random) {
      Double x = random.nextInt(4) == 0 ? null : Double.valueOf(random.nextInt(2));
      return new Item(random.nextInt(3), "p" + random.nextInt(3), x);
    }

    String text() {
      return time + "[" + p + ", " + x + "]";
    }
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSends() {
    Property.check(20, 60, Item::random, EmissionDistinctOperatorTest::checkAgainstNaive);
  }

  private static void checkAgainstNaive(List<Item> items) {
    OperatorHarness harness = harness();
    Map<Long, Set<String>> moments = new TreeMap<>();
    for (Item item : items) {
      harness.row(item.time(), item.p(), item.x());
      moments.computeIfAbsent(item.time(), time -> new LinkedHashSet<>()).add(item.text());
    }
    harness.advance(10);
    assertThat(harness.run().rows().stream().map(row -> row.rowtime() + row.values().toString()))
        .isEqualTo(moments.values().stream().flatMap(Set::stream).toList());
  }

  private static OperatorHarness harness() {
    EmissionDistinctSpec spec = new EmissionDistinctSpec(ROWS, List.of());
    return OperatorHarness.of(
            () -> new BehindSort(ROWS, spec.create(new HandWrittenKernels())),
            HeapStateBackend::new)
        .input(ROWS)
        .eventTime(1_000);
  }
}
