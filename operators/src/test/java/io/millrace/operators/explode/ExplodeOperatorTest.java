package io.millrace.operators.explode;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplodeOperatorTest {
  private static final Schema ORDERS =
      Schema.of(
          new Field("id", DataType.BIGINT),
          new Field("items", DataType.array(DataType.STRING)),
          new Field("counts", DataType.array(DataType.BIGINT)));
  private static final Schema ITEMS =
      Schema.of(
          new Field("id", DataType.BIGINT),
          new Field("item", DataType.STRING),
          new Field("count", DataType.BIGINT));

  @Test
  void shouldMakeRowPerElementInItsOrder() {
    harness()
        .row(5, 1, List.of("a", "b"), List.of(1L, 2L))
        .emits(5, 1, "a", 1)
        .emits(5, 1, "b", 2)
        .row(4, null, List.of("c"), List.of(3L))
        .emits(4, null, "c", 3)
        .checkLeavesNothing();
  }

  @Test
  void shouldNumberElementsWhenThatIsWanted() {
    Schema numbered =
        Schema.of(
            new Field("id", DataType.BIGINT),
            new Field("item", DataType.STRING),
            new Field("count", DataType.BIGINT),
            new Field("number", DataType.BIGINT));
    ExplodeSpec spec = new ExplodeSpec(ORDERS, 2, true, numbered);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ORDERS)
        .eventTime(0)
        .row(5, 1, List.of("a", "b"), List.of(7L))
        .emits(5, 1, "a", 7, 1)
        .emits(5, 1, "b", null, 2)
        .row(6, 2, List.of("c"), null)
        .emits(6, 2, "c", null, 1)
        .check();
  }

  @Test
  void shouldSendTheRowItselfBehindItsElementsWhenThatIsWanted() {
    Schema numbered =
        Schema.of(
            new Field("id", DataType.BIGINT),
            new Field("item", DataType.STRING),
            new Field("count", DataType.BIGINT),
            new Field("number", DataType.BIGINT));
    ExplodeSpec spec = new ExplodeSpec(ORDERS, 2, true, true, numbered);
    TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ORDERS)
        .eventTime(0)
        .row(5, 1, List.of("a", "b"), List.of(7L))
        .emits(5, 1, "a", 7, 1)
        .emits(5, 1, "b", null, 2)
        .emits(5, 1, null, null, 0)
        .row(6, 2, List.of(), null)
        .emits(6, 2, null, null, 0)
        .check();
  }

  @Test
  void shouldFillUpWithNullWhenAnArrayIsShorter() {
    harness()
        .row(1, 1, List.of("a"), List.of(1L, 2L))
        .emits(1, 1, "a", 1)
        .emits(1, 1, null, 2)
        .row(2, 2, List.of("b", "c"), null)
        .emits(2, 2, "b", null)
        .emits(2, 2, "c", null)
        .row(3, 3, Arrays.asList(null, "d"), List.of())
        .emits(3, 3, null, null)
        .emits(3, 3, "d", null)
        .check();
  }

  @Test
  void shouldMakeNoRowWhenArraysAreNullOrEmpty() {
    harness()
        .row(1, 1, null, null)
        .row(2, 2, List.of(), null)
        .row(3, 3, List.of("a"), List.of())
        .emits(3, 3, "a", null)
        .check();
  }

  @Test
  void shouldKeepKindOfRow() {
    harness()
        .change(0, RowKind.DELETE, 1, 1, List.of("a", "b"), null)
        .emits(RowKind.DELETE, 1, 1, "a", null)
        .emits(RowKind.DELETE, 1, 1, "b", null)
        .row(2, 2, List.of("c"), null)
        .emits(2, 2, "c", null)
        .check();
  }

  @Test
  void shouldGoOnWhenAnArrayIsLongerThanABatch() {
    OperatorHarness harness = harness().row(1, 1, Collections.nCopies(3000, "a"), null);
    for (int i = 0; i < 3000; i++) {
      harness.emits(1, 1, "a", null);
    }
    harness.row(2, 2, List.of("b"), null).emits(2, 2, "b", null).check();
  }

  private static OperatorHarness harness() {
    ExplodeSpec spec = new ExplodeSpec(ORDERS, 2, ITEMS);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(ORDERS)
        .eventTime(0);
  }
}
