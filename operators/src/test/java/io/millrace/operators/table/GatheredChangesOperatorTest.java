package io.millrace.operators.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatheredChangesOperatorTest {
  private static final RowKind I = RowKind.INSERT;
  private static final RowKind U = RowKind.UPDATE_AFTER;
  private static final RowKind D = RowKind.DELETE;
  private static final Schema ROWS =
      Schema.of(new Field("id", DataType.BIGINT), new Field("v", DataType.BIGINT));

  @Test
  void shouldPassOnChangesOfDifferentPositions() {
    GatheredChangesSpec spec = new GatheredChangesSpec(ROWS, List.of(0));
    OperatorHarness.of(() -> spec.create(new HandWrittenKernels()), HeapStateBackend::new)
        .input(ROWS)
        .eventTime(0)
        .change(0, I, 1, 7, 1)
        .emits(1, 7, 1)
        .change(0, D, 2, 7, null)
        .emits(D, 2, 7, null)
        .change(0, I, 3, 7, 2)
        .emits(3, 7, 2)
        .change(0, U, 3, 7, 3)
        .emits(U, 3, 7, 3)
        .checkLeavesNothing();
  }

  @Test
  void shouldMakeOneChangeOfThoseOfAPosition() {
    GatheredChangesSpec spec = new GatheredChangesSpec(ROWS, List.of(0));
    DirectRun run = new DirectRun();
    Operator operator = run.open(spec);
    send(operator, run, 1, List.of(row(7, 1), row(8, 1)), I, I);
    send(operator, run, 3, List.of(row(7, 0), row(8, 0), row(9, 1), row(7, 5)), D, D, I, I);
    send(operator, run, 5, List.of(row(9, 2), row(6, 1), row(6, 0)), U, I, D);
    operator.onTime(TimeDomain.EVENT, run.outputTimeline(), run);
    assertThat(run.sent().stream().map(it -> it.substring(it.indexOf('['))))
        .as("what goes first, and nothing of what has only been there in between")
        .containsExactly("[7, 1]", "[8, 1]", "[8, 0]", "[7, 5]", "[9, 1]", "[9, 2]");
  }

  /** Sends changes at one position. */
  private static void send(
      Operator operator,
      DirectRun run,
      int position,
      List<List<@Nullable Object>> rows,
      RowKind... kinds) {
    Batch batch = run.batch(ROWS, rows);
    int[] positions = new int[rows.size()];
    Arrays.fill(positions, position);
    byte[] codes = new byte[rows.size()];
    for (int i = 0; i < kinds.length; i++) {
      codes[i] = kinds[i].code();
    }
    operator.process(
        0, batch.rows(rows.size(), batch.rowtimes(), positions, null).kinds(codes), run);
  }

  private static List<@Nullable Object> row(long id, long v) {
    return List.of(id, v);
  }
}
