package io.millrace.operators.explode;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.Property;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplodeChangesOperatorTest {
  private static final Schema ORDERS =
      Schema.of(
          new Field("state", DataType.STRING),
          new Field("id", DataType.BIGINT),
          new Field("items", DataType.array(DataType.STRING)));
  private static final Schema ITEMS =
      Schema.of(
          new Field("state", DataType.STRING),
          new Field("item", DataType.STRING),
          new Field("number", DataType.BIGINT));

  @Test
  void shouldReplaceElementsByTheirNumbersWhenRowChanges() {
    harness()
        .change(0, RowKind.INSERT, 1, "new", 7, List.of("a", "b"))
        .emits(RowKind.INSERT, 1, "new", "a", 1)
        .emits(RowKind.INSERT, 1, "new", "b", 2)
        .change(0, RowKind.UPDATE_AFTER, 2, "paid", 7, List.of("c", "b", "b"))
        .emits(RowKind.UPDATE_AFTER, 2, "paid", "c", 1)
        .emits(RowKind.UPDATE_AFTER, 2, "paid", "b", 2)
        .emits(RowKind.INSERT, 2, "paid", "b", 3)
        .change(0, RowKind.UPDATE_AFTER, 3, "sent", 7, List.of("d"))
        .emits(RowKind.DELETE, 3, "sent", null, 2)
        .emits(RowKind.DELETE, 3, "sent", null, 3)
        .emits(RowKind.UPDATE_AFTER, 3, "sent", "d", 1)
        .change(0, RowKind.DELETE, 4, null, 7, null)
        .emits(RowKind.DELETE, 4, null, null, 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendNothingWhenARowHasAndHadNoElements() {
    harness()
        .change(0, RowKind.INSERT, 1, "new", null, null)
        .change(0, RowKind.UPDATE_AFTER, 2, "new", null, List.of())
        .change(0, RowKind.DELETE, 3, null, null, null)
        .change(0, RowKind.DELETE, 4, null, 8, null)
        .change(0, RowKind.INSERT, 5, "new", null, List.of("a"))
        .emits(RowKind.INSERT, 5, "new", "a", 1)
        .change(0, RowKind.UPDATE_AFTER, 6, "old", null, null)
        .emits(RowKind.DELETE, 6, "old", null, 1)
        .checkLeavesNothing();
  }

  /** A row of a few keys, or the deletion of one. */
  private record Item(long id, @Nullable List<String> items) {
    static Item random(Random random) {
      List<String> items =
          IntStream.range(0, random.nextInt(5)).mapToObj(i -> "i" + random.nextInt(3)).toList();
      return new Item(random.nextInt(3), random.nextInt(4) == 0 ? null : items);
    }
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSends() {
    Property.check(20, 40, Item::random, ExplodeChangesOperatorTest::checkAgainstNaive);
  }

  private static void checkAgainstNaive(List<Item> items) {
    OperatorHarness harness = harness();
    List<String> expected = new ArrayList<>();
    Map<Long, List<String>> current = new HashMap<>();
    for (Item item : items) {
      List<String> before = current.getOrDefault(item.id(), List.of());
      List<String> now = item.items() == null ? List.of() : item.items();
      RowKind kind = item.items() == null ? RowKind.DELETE : RowKind.UPDATE_AFTER;
      harness.change(0, kind, 1, "s", item.id(), item.items());
      for (int i = now.size(); i < before.size(); i++) {
        expected.add("-D [s, null, " + (i + 1) + "]");
      }
      for (int i = 0; i < now.size(); i++) {
        String symbol = i < before.size() ? "+U" : "+I";
        expected.add(symbol + " [s, " + now.get(i) + ", " + (i + 1) + "]");
      }
      current.put(item.id(), now);
    }
    assertThat(harness.run().rows().stream().map(r -> r.kind().symbol() + " " + r.values()))
        .isEqualTo(expected);
  }

  private static OperatorHarness harness() {
    ExplodeChangesSpec spec = new ExplodeChangesSpec(ORDERS, 1, 1, List.of(1), ITEMS);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ORDERS)
        .eventTime(0);
  }
}
