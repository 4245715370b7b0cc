package io.millrace.operators.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.DirectRun;
import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableOperatorTest {
  private static final Schema USERS =
      Schema.of(
          new Field("tier", DataType.STRING),
          new Field("id", DataType.BIGINT),
          new Field("score", DataType.DOUBLE));
  private static final TableSpec SPEC = new TableSpec("Users", USERS, List.of(1), 0);

  @Test
  void shouldTellNewRowsFromReplacedOnes() {
    harness()
        .row(1, "gold", 7, 0.5)
        .emits(1, "gold", 7, 0.5)
        .row(2, "tin", 8, 1.5)
        .emits(2, "tin", 8, 1.5)
        .change(0, RowKind.UPDATE_AFTER, 3, "tin", 7, null)
        .emits(RowKind.UPDATE_AFTER, 3, "tin", 7, null)
        .change(0, RowKind.UPDATE_AFTER, 4, null, null, 2.5)
        .emits(4, null, null, 2.5)
        .row(3, "gold", null, 2.5)
        .emits(RowKind.UPDATE_AFTER, 3, "gold", null, 2.5)
        .check();
  }

  @Test
  void shouldSendRowThatWasThereWhenItIsDeleted() {
    harness()
        .row(1, "gold", 7, 0.5)
        .emits(1, "gold", 7, 0.5)
        .change(0, RowKind.DELETE, 2, null, 7, null)
        .emits(RowKind.DELETE, 2, "gold", 7, 0.5)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendNothingWhenWhatIsNotThereIsDeleted() {
    harness()
        .change(0, RowKind.DELETE, 1, null, 7, null)
        .row(2, "gold", 7, 0.5)
        .emits(2, "gold", 7, 0.5)
        .change(0, RowKind.DELETE, 3, "gold", 7, 0.5)
        .emits(RowKind.DELETE, 3, "gold", 7, 0.5)
        .change(0, RowKind.DELETE, 4, "gold", 7, 0.5)
        .checkLeavesNothing();
  }

  @Test
  void shouldSendNewRowWhenKeyComesAgainAfterItsDeletion() {
    harness()
        .row(1, "gold", 7, null)
        .emits(1, "gold", 7, null)
        .row(2, "tin", 8, 1.0)
        .emits(2, "tin", 8, 1.0)
        .change(0, RowKind.DELETE, 3, null, 7, null)
        .emits(RowKind.DELETE, 3, "gold", 7, null)
        .row(4, null, 9, 2.0)
        .emits(4, null, 9, 2.0)
        .row(5, "iron", 7, 3.0)
        .emits(5, "iron", 7, 3.0)
        .change(0, RowKind.DELETE, 6, null, 9, null)
        .emits(RowKind.DELETE, 6, null, 9, 2.0)
        .change(0, RowKind.DELETE, 6, null, 8, null)
        .emits(RowKind.DELETE, 6, "tin", 8, 1.0)
        .change(0, RowKind.DELETE, 6, null, 7, null)
        .emits(RowKind.DELETE, 6, "iron", 7, 3.0)
        .checkLeavesNothing();
  }

  @Test
  void shouldNameItsKeyWhenItMakesExactChanges() {
    assertThat(new ChangesSpec(USERS, List.of(1, 0), 0).describe())
        .isEqualTo("Changes by id, tier");
    assertThat(new ChangesSpec(USERS, List.of(), 0).describe()).isEqualTo("Changes");
  }

  @Test
  void shouldKeepOneRowWhenThereIsNoKey() {
    TestState.harness(() -> new ChangesSpec(USERS, List.of(), 0).create(new HandWrittenKernels()))
        .input(USERS)
        .eventTime(0)
        .change(0, RowKind.DELETE, 1, "tin", 8, 1.0)
        .row(2, "gold", 7, 0.5)
        .emits(2, "gold", 7, 0.5)
        .row(3, "tin", 8, 1.5)
        .emits(RowKind.UPDATE_AFTER, 3, "tin", 8, 1.5)
        .change(0, RowKind.DELETE, 4, "iron", 9, 2.5)
        .emits(RowKind.DELETE, 4, "tin", 8, 1.5)
        .change(0, RowKind.DELETE, 5, "iron", 9, 2.5)
        .checkLeavesNothing();
  }

  @Test
  void shouldAnswerWithCurrentRows() {
    DirectRun run = new DirectRun();
    TableOperator table = run.open(SPEC);
    Batch rows =
        run.batch(
            USERS,
            List.of(
                Arrays.asList("gold", 7L, 0.5),
                Arrays.asList("tin", 8L, 1.5),
                Arrays.asList("iron", 9L, null),
                Arrays.asList("iron", 7L, 2.5),
                Arrays.asList(null, 8L, null)));
    rows.rows(5, rows.rowtimes(), null, new byte[] {0, 0, 0, 0, RowKind.DELETE.code()});
    table.process(0, rows, run);

    TableContents contents = new TableContents(List.of(table));
    assertThat(contents.size()).isEqualTo(2);
    assertThat(rows(contents)).containsExactly("[iron, 7, 2.5] @3", "[iron, 9, null] @2");
    assertThat(contents.find(new Column[] {rows.column(1)}, 1)).isNegative();
    assertThat(contents.find(new Column[] {rows.column(1)}, 2)).isEqualTo(2);
  }

  @Test
  void shouldAnswerInTheOrderOfKeysWhenSeveralInstancesHaveThem() {
    DirectRun run = new DirectRun();
    DirectRun otherRun = new DirectRun();
    TableOperator first = run.open(SPEC);
    TableOperator second = otherRun.open(SPEC);
    first.process(0, users(run, 9L, 4L, null, 2L), run);
    Batch others = users(otherRun, 5L, 3L, 11L);
    second.process(0, others, otherRun);
    TableContents contents = new TableContents(List.of(first, second));

    assertThat(contents.size()).isEqualTo(7);
    assertThat(rows(contents))
        .containsExactly(
            "[u, 2, null] @3",
            "[u, 3, null] @1",
            "[u, 4, null] @1",
            "[u, 5, null] @0",
            "[u, 9, null] @0",
            "[u, 11, null] @2",
            "[u, null, null] @2");
    int number = contents.find(new Column[] {others.column(1)}, 1);
    assertThat(rows(contents, number)).containsExactly("[u, 3, null] @1");
  }

  private static Batch users(DirectRun run, @Nullable Long... ids) {
    return run.batch(
        USERS, Arrays.stream(ids).map(id -> Arrays.<Object>asList("u", id, null)).toList());
  }

  private static List<String> rows(TableContents table) {
    return rows(table, table.numbers());
  }

  private static List<String> rows(TableContents table, int... numbers) {
    Column[] contents = new Column[USERS.size()];
    for (int c = 0; c < contents.length; c++) {
      contents[c] = Column.of(USERS.type(c).layout(), numbers.length);
    }
    long[] rowtimes = new long[numbers.length];
    table.copy(numbers, 0, numbers.length, contents, rowtimes);
    List<String> current = new ArrayList<>();
    for (int row = 0; row < numbers.length; row++) {
      List<Object> values = new ArrayList<>();
      for (Column column : contents) {
        values.add(column.get(row));
      }
      current.add(values + " @" + rowtimes[row]);
    }
    return current;
  }

  @Test
  void shouldDeleteARowWhenNothingHasReplacedItForItsTimeToLive() {
    expiring()
        .row(0, "gold", 7, 0.5)
        .emits(0, "gold", 7, 0.5)
        .row(4, "tin", 8, 1.5)
        .emits(4, "tin", 8, 1.5)
        .change(0, RowKind.UPDATE_AFTER, 6, "iron", 7, 0.5)
        .emits(RowKind.UPDATE_AFTER, 6, "iron", 7, 0.5)
        .row(13, "gold", 9, null)
        .emits(13, "gold", 9, null)
        .row(14, "gold", 7, 3.5)
        .emits(RowKind.UPDATE_AFTER, 14, "gold", 7, 3.5)
        .emits(RowKind.DELETE, 14, "tin", 8, 1.5)
        .advance(22)
        .row(23, "tin", 7, 1.0)
        .emits(RowKind.UPDATE_AFTER, 23, "tin", 7, 1.0)
        .emits(RowKind.DELETE, 23, "gold", 9, null)
        .advance(40)
        .emits(RowKind.DELETE, 33, "tin", 7, 1.0)
        .checkLeavesNothing();
  }

  @Test
  void shouldTakeARowForANewOneWhenItsKeyHasExpiredBeforeIt() {
    expiring()
        .row(0, "gold", 7, 0.5)
        .emits(0, "gold", 7, 0.5)
        .row(10, "tin", 8, 0.5)
        .emits(10, "tin", 8, 0.5)
        .emits(RowKind.DELETE, 10, "gold", 7, 0.5)
        .row(11, "gold", 7, 1.5)
        .emits(11, "gold", 7, 1.5)
        .check();
  }

  @Test
  void shouldCountALateRowAsOfTheWatermarkWhenItTouchesItsKey() {
    expiring()
        .advance(100)
        .row(3, "gold", 7, 0.5)
        .emits(3, "gold", 7, 0.5)
        .advance(109)
        .advance(110)
        .emits(RowKind.DELETE, 110, "gold", 7, 0.5)
        .checkLeavesNothing();
  }

  @Test
  void shouldForgetTheEntryWhenAKeyIsDeletedAndComesAgain() {
    expiring()
        .row(0, "gold", 7, 0.5)
        .emits(0, "gold", 7, 0.5)
        .change(0, RowKind.DELETE, 3, null, 7, null)
        .emits(RowKind.DELETE, 3, "gold", 7, 0.5)
        .row(5, "tin", 8, 0.5)
        .emits(5, "tin", 8, 0.5)
        .advance(12)
        .advance(15)
        .emits(RowKind.DELETE, 15, "tin", 8, 0.5)
        .checkLeavesNothing();
  }

  @Test
  void shouldKeepEverythingWhenTheInputEnds() {
    expiring().row(0, "gold", 7, 0.5).emits(0, "gold", 7, 0.5).end().check();
  }

  private static OperatorHarness expiring() {
    TableSpec spec = new TableSpec("Users", USERS, List.of(1), 10);
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(USERS).eventTime(0);
  }

  private static OperatorHarness harness() {
    return TestState.harness(() -> SPEC.create(new HandWrittenKernels())).input(USERS).eventTime(0);
  }
}
