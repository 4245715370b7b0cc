package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.Property;
import io.millrace.testkit.operator.HarnessResult;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LengthBatchOperatorTest {
  private static final Schema ROWS =
      Schema.of(
          new Field("host", DataType.STRING),
          new Field("path", DataType.STRING),
          new Field("n", DataType.BIGINT));
  private static final Field COUNT = new Field("count", DataType.BIGINT);
  private static final Field SUM = new Field("sum", DataType.BIGINT);
  private static final Field EMISSION = new Field("EMISSION", DataType.BIGINT);

  @Test
  void shouldSendGroupsOfPartitionWhenItsBatchIsFull() {
    perHost(3)
        .row(1, "a", "q", 1)
        .row(2, "b", "q", 2)
        .row(3, "a", "p", 4)
        .row(4, "a", "q", 8)
        .emits(4, "a", "q", 2, 9, 0)
        .emits(4, "a", "p", 1, 4, 0)
        .row(5, "b", "p", 16)
        .row(6, "b", "q", 32)
        .emits(6, "b", "q", 2, 34, 1)
        .emits(6, "b", "p", 1, 16, 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendEachRowWhenBatchesAreOfOne() {
    perHost(1)
        .row(1, "a", "q", 1)
        .emits(1, "a", "q", 1, 1, 0)
        .row(2, null, null, null)
        .emits(2, null, null, 1, null, 1)
        .checkLeavesNothing();
  }

  @Test
  void shouldNotCountRowsThatFail() {
    perHost(2)
        .row(1, "a", "p", 1001)
        .fails("too great")
        .row(2, "a", "p", 1)
        .row(3, "a", "p", 1000)
        .fails("too great")
        .row(4, "a", "p", 2)
        .emits(4, "a", "p", 2, 3, 0)
        .row(5, "a", "p", 1001)
        .fails("too great")
        .checkLeavesNothing();
  }

  @Test
  void shouldOrderGroupsByTheirFirstRowsInTime() {
    perHost(3)
        .eventTime(1000)
        .row(300, "a", "r", 1)
        .row(200, "a", "q", 1)
        .row(100, "a", "p", 1)
        .emits(100, "a", "p", 1, 1, 0)
        .emits(100, "a", "q", 1, 1, 0)
        .emits(100, "a", "r", 1, 1, 0)
        .checkLeavesNothing();
  }

  /** A row of a group of a host at a time. */
  private record Event(long time, String host, String path) {
    static Event random(Random random) {
      return new Event(random.nextInt(50), "h" + random.nextInt(2), "p" + random.nextInt(3));
    }
  }

  @Test
  void shouldSendWhatTheNaiveAlgorithmSends() {
    Property.check(40, 60, Event::random, this::checkAgainstNaive);
  }

  private void checkAgainstNaive(List<Event> events) {
    OperatorHarness harness = perHost(4).eventTime(100);
    events.forEach(event -> harness.row(event.time(), event.host(), event.path(), 1));
    HarnessResult result = harness.run();

    List<String> expected = new ArrayList<>();
    Map<String, List<Event>> batches = new LinkedHashMap<>();
    long full = 0;
    for (Event event : events) {
      List<Event> batch = batches.computeIfAbsent(event.host(), h -> new ArrayList<>());
      batch.add(event);
      if (batch.size() == 4) {
        Map<String, Long> counts = new LinkedHashMap<>();
        batch.stream()
            .sorted(Comparator.comparingLong(Event::time))
            .forEach(e -> counts.merge(e.path(), 1L, Long::sum));
        long number = full++;
        counts.forEach((p, n) -> expected.add(List.of(event.host(), p, n, n, number).toString()));
        batch.clear();
      }
    }
    assertThat(result.rows().stream().map(row -> row.values().toString())).isEqualTo(expected);
  }

  @Test
  void shouldSendTheGroupOfEachRowWhenChangesAreAskedFor() {
    perHost(2, LengthBatchSpec.Sends.EACH_ROW)
        .row(1, "a", "p", 1)
        .emits(1, "a", "p", 1, 1, 0)
        .row(2, "b", "p", 2)
        .emits(2, "b", "p", 1, 2, 0)
        .row(3, "a", "p", 4)
        .emits(3, "a", "p", 2, 5, 0)
        .row(4, "a", "p", 8)
        .emits(4, "a", "p", 1, 8, 1)
        .row(5, "a", "q", 16)
        .emits(5, "a", "q", 1, 16, 1)
        .row(6, "b", "q", 32)
        .emits(6, "b", "q", 1, 32, 2)
        .checkLeavesNothing();
  }

  @Test
  void shouldNumberBatchesAsTheyBeginWhenRowsAreToldApart() {
    perHost(2, LengthBatchSpec.Sends.NUMBERED_ROWS)
        .row(1, "a", "q", 1)
        .emits(1, "a", "q", 1, 1, 0)
        .row(2, "b", "q", 2)
        .emits(2, "b", "q", 1, 2, 1)
        .row(3, "b", "q", 4)
        .emits(3, "b", "q", 2, 6, 1)
        .row(4, "b", "q", 8)
        .emits(4, "b", "q", 1, 8, 2)
        .row(5, "a", "p", 16)
        .emits(5, "a", "p", 1, 16, 0)
        .row(6, "a", "p", 1001)
        .fails("too great")
        .row(7, "a", "p", 32)
        .emits(7, "a", "p", 1, 32, 3)
        .check();
  }

  @Test
  void shouldDeleteGroupsOfTheBatchBeforeWhenTheNextOneIsFull() {
    perHost(2, LengthBatchSpec.Sends.FULL_CHANGES)
        .row(1, "a", "p", 1)
        .row(2, "a", "q", 2)
        .emits(2, "a", "p", 1, 1, 0)
        .emits(2, "a", "q", 1, 2, 0)
        .row(3, "b", "q", 4)
        .row(4, "a", "r", 8)
        .row(5, "a", "q", 16)
        .emits(RowKind.DELETE, 5, "a", "p", null, null, null)
        .emits(5, "a", "r", 1, 8, 1)
        .emits(5, "a", "q", 1, 16, 1)
        .row(6, "b", "q", 32)
        .emits(6, "b", "q", 2, 36, 2)
        .row(7, "a", null, 64)
        .row(8, "a", null, 1001)
        .fails("too great")
        .row(9, "a", null, 128)
        .emits(RowKind.DELETE, 9, "a", "r", null, null, null)
        .emits(RowKind.DELETE, 9, "a", "q", null, null, null)
        .emits(9, "a", null, 2, 192, 3)
        .check();
  }

  @Test
  void shouldDeleteGroupsOfTheBatchBeforeWhenARowBeginsTheNextOne() {
    perHost(2, LengthBatchSpec.Sends.EACH_CHANGE)
        .row(1, "a", "p", 1)
        .emits(1, "a", "p", 1, 1, 0)
        .row(2, "a", "q", 2)
        .emits(2, "a", "q", 1, 2, 0)
        .row(3, "a", "r", 1001)
        .fails("too great")
        .row(4, "a", "q", 4)
        .emits(RowKind.DELETE, 4, "a", "p", null, null, null)
        .emits(4, "a", "q", 1, 4, 1)
        .row(5, "a", "q", 8)
        .emits(5, "a", "q", 2, 12, 1)
        .row(6, "a", "p", 16)
        .emits(RowKind.DELETE, 6, "a", "q", null, null, null)
        .emits(6, "a", "p", 1, 16, 2)
        .check();
  }

  @Test
  void shouldCountRowsBehindTheirElements() {
    ofElements(2, LengthBatchSpec.Sends.FULL_CHANGES)
        .row(1, "a", "p", 1, 1)
        .row(1, "a", "q", 2, 2)
        .row(1, "a", "p", 4, 3)
        .row(1, "a", null, null, 0)
        .row(2, "b", null, null, 0)
        .row(3, "a", "q", 1001, 1)
        .fails("too great")
        .row(3, "a", null, null, 0)
        .emits(3, "a", "p", 2, 5, 0)
        .emits(3, "a", "q", 1, 2, 0)
        .row(4, "a", "q", 8, 1)
        .row(4, "a", null, null, 0)
        .row(5, "b", "q", 16, 1)
        .row(5, "b", null, null, 0)
        .emits(5, "b", "q", 1, 16, 1)
        .row(6, "a", "r", 32, 1)
        .row(6, "a", null, null, 0)
        .emits(RowKind.DELETE, 6, "a", "p", null, null, null)
        .emits(6, "a", "q", 1, 8, 2)
        .emits(6, "a", "r", 1, 32, 2)
        .row(7, "a", null, null, 0)
        .row(8, "a", null, null, 0)
        .emits(RowKind.DELETE, 8, "a", "q", null, null, null)
        .emits(RowKind.DELETE, 8, "a", "r", null, null, null)
        .check();
  }

  @Test
  void shouldSendWhatElementsHaveChangedWhenTheirRowIsCounted() {
    ofElements(2, LengthBatchSpec.Sends.EACH_CHANGE)
        .row(1, "a", "p", 1, 1)
        .row(1, "a", "q", 2, 2)
        .row(1, "a", "p", 4, 3)
        .row(1, "a", null, null, 0)
        .emits(1, "a", "p", 2, 5, 0)
        .emits(1, "a", "q", 1, 2, 0)
        .row(2, "a", "r", 1001, 1)
        .fails("too great")
        .row(2, "a", "q", 8, 2)
        .row(2, "a", null, null, 0)
        .emits(2, "a", "q", 2, 10, 0)
        .row(3, "a", "r", 16, 1)
        .row(3, "a", "q", 32, 2)
        .row(3, "a", null, null, 0)
        .emits(RowKind.DELETE, 3, "a", "p", null, null, null)
        .emits(3, "a", "r", 1, 16, 1)
        .emits(3, "a", "q", 1, 32, 1)
        .row(4, "a", null, null, 0)
        .row(5, "a", null, null, 0)
        .emits(RowKind.DELETE, 5, "a", "r", null, null, null)
        .emits(RowKind.DELETE, 5, "a", "q", null, null, null)
        .check();
  }

  /** Rows with the number of an element; 0 for the row that has had them. */
  private static OperatorHarness ofElements(long rows, LengthBatchSpec.Sends sends) {
    Schema elements =
        Schema.of(
            ROWS.field(0), ROWS.field(1), ROWS.field(2), new Field("element", DataType.BIGINT));
    LengthBatchSpec spec =
        new LengthBatchSpec(
            rows,
            elements,
            List.of(0),
            List.of(0, 1),
            List.of(2),
            HandWrittenKernels.countAndSum(),
            Schema.of(ROWS.field(0), ROWS.field(1), COUNT, SUM, EMISSION),
            sends,
            -1,
            3);
    return TestState.harness(() -> spec.create(new HandWrittenKernels()))
        .input(elements)
        .eventTime(0);
  }

  private static OperatorHarness perHost(long rows) {
    return perHost(rows, LengthBatchSpec.Sends.FULL);
  }

  private static OperatorHarness perHost(long rows, LengthBatchSpec.Sends sends) {
    LengthBatchSpec spec =
        new LengthBatchSpec(
            rows,
            ROWS,
            List.of(0),
            List.of(0, 1),
            List.of(2),
            HandWrittenKernels.countAndSum(),
            Schema.of(ROWS.field(0), ROWS.field(1), COUNT, SUM, EMISSION),
            sends);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(ROWS).eventTime(0);
  }
}
