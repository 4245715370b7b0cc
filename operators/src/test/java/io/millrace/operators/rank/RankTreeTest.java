package io.millrace.operators.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.state.chronicle.ChronicleState;
import io.millrace.state.heap.HeapStateBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree answers as a sorted list of the same rows does. */
class RankTreeTest {
  private static final int CHANGES = 4_000;

  private SlotTable rows = new HeapStateBackend().slotTable(spec());
  private RankTree tree = new RankTree(rows, 1, new Order(), true);
  private final List<Row> sorted = new ArrayList<>();
  private int root;
  private int added;

  /**
   * A row of the list.
   *
   * @param name its number with one added
   */
  private record Row(long value, int name) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40, 1_000_000})
  void shouldAnswerAsASortedListWhenRowsComeAndGoAtRandom(int values) {
    change(CHANGES, values);
    assertThat(root).isZero();
    assertThat(rows.size()).isZero();
  }

  @Test
  void shouldAnswerAsASortedListWhenNearlyAllRowsLieInFiles() {
    try (StateBackend files = ChronicleState.ofFewRows(Path.of("target", "state")).get()) {
      rows = files.slotTable(spec());
      tree = new RankTree(rows, 1, new Order(), true);
      change(CHANGES / 4, 40);
      assertThat(root).isZero();
      assertThat(rows.size()).isZero();
    }
  }

  private void change(int changes, int values) {
    Random random = new Random(values);
    for (int change = 1; change <= changes; change++) {
      boolean isGrowing = change / 500 % 2 == 0;
      if (sorted.isEmpty() || random.nextInt(10) < (isGrowing ? 7 : 3)) {
        add(random.nextInt(values));
      } else {
        remove(random.nextInt(sorted.size()));
      }
      check(change % 97 == 0 ? 1 : 1 + sorted.size() / 3);
    }
    while (!sorted.isEmpty()) {
      remove(random.nextInt(sorted.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void shouldStayLowWhenRowsComeInOrderAndGoAtOneEnd(int step) {
    for (int i = 0; i < CHANGES; i++) {
      add(step * i / 2);
      assertThat(height(root)).isLessThanOrEqualTo(mostHeight());
    }
    check(1);
    IntUnaryOperator end = size -> step < 0 ? size - 1 : 0;
    while (!sorted.isEmpty()) {
      remove(end.applyAsInt(sorted.size()));
      assertThat(height(root)).isLessThanOrEqualTo(mostHeight());
      check(1 + sorted.size() / 2);
    }
  }

  private void add(long value) {
    int[] slots = new int[1];
    LongColumn id = new LongColumn(1);
    id.put(0, ++added);
    rows.resolve(new Column[] {id}, 0, 1, slots);
    ((LongColumn) rows.field(0)).put(slots[0], value);
    Row row = new Row(value, rows.number(slots[0]) + 1);
    int index = countUpTo(value);
    assertThat(tree.before(root, row.name)).isEqualTo(index);
    root = tree.add(root, row.name);
    sorted.add(index, row);
  }

  private void remove(int index) {
    int name = sorted.remove(index).name;
    root = tree.remove(root, name);
    rows.remove(rows.slot(name - 1));
  }

  /** Compares each so-many-th place. */
  private void check(int stride) {
    assertThat(tree.size(root)).isEqualTo(sorted.size());
    assertThat(tree.select(root, 0)).isZero();
    assertThat(tree.select(root, sorted.size() + 1L)).isZero();
    assertThat(height(root)).isLessThanOrEqualTo(mostHeight());
    int groups = 0;
    int first = 0;
    for (int i = 0; i < sorted.size(); i++) {
      Row row = sorted.get(i);
      boolean leads = i == 0 || sorted.get(i - 1).value != row.value;
      groups += leads ? 1 : 0;
      first = leads ? i : first;
      if (i % stride == 0) {
        assertThat(tree.select(root, i + 1L)).isEqualTo(row.name);
        assertThat(tree.before(root, row.name)).isEqualTo(i);
        assertThat(tree.withPeers(root, row.name, false)).isEqualTo(first);
        assertThat(tree.withPeers(root, row.name, true)).isEqualTo(countUpTo(row.value));
        assertThat(tree.leads(row.name)).isEqualTo(leads);
        assertThat(tree.groupsUpTo(root, row.name)).isEqualTo(groups);
        assertThat(tree.selectGroup(root, groups)).isEqualTo(sorted.get(first).name);
      }
    }
    assertThat(tree.groups(root)).isEqualTo(groups);
    assertThat(tree.selectGroup(root, groups + 1L)).isZero();
  }

  /** How many rows have values up to one. */
  private int countUpTo(long value) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).value <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int height(int node) {
    return node == 0 ? 0 : 1 + Math.max(height(tree.left(node)), height(tree.right(node)));
  }

  /** Each node has at most three quarters of the weight of the one above, which is its size + 1. */
  private int mostHeight() {
    double most = 1 + Math.log((sorted.size() + 1) / 2.0) / Math.log(4 / 3.0);
    return sorted.isEmpty() ? 0 : (int) (most + 1e-9);
  }

  private static SlotTableSpec spec() {
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("value", DataType.BIGINT));
    fields.addAll(RankTree.fields(""));
    return new SlotTableSpec(RankRows.TABLE, 1, List.of(DataType.BIGINT), fields);
  }

  private final class Order implements RankTree.Order {
    @Override
    public int comparePeers(int slot, int other) {
      return compare(rows.field(0), slot, other);
    }

    @Override
    public int compare(int slot, int other) {
      int compared = comparePeers(slot, other);
      return compared != 0 ? compared : compare(rows.key(0), slot, other);
    }

    private static int compare(Column column, int slot, int other) {
      long[] values = ((LongColumn) column).values();
      return Long.compare(values[slot], values[other]);
    }
  }
}
