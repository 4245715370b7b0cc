package io.millrace.operators.rank;

import io.millrace.operators.analytic.Ranking;
import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.order.KeyOrder;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are kept, in the order of their partitions, peers in the order in which they came.
 * A table has the root of each partition's tree, another one the rows. Rows are named by their
 * numbers with one added, 0 is none; a partition by its slot, since few are asked for at once.
 */
final class RankRows {
  static final String TABLE = "rows";
  static final String PARTITIONS = "partitions";
  private static final String ADDED = "rows_added";
  private static final int VERSION = 1;
  private static final int ROOT = 0;
  private static final int TIME = 1;
  private static final int ARRIVED = 2;
  private static final int PARTITION = 0;
  private static final int NUMBER = 1;
  private static final int FIRST_OF_TREE = 2;

  private final RankSpec spec;
  private final SlotTable partitions;
  private final SlotTable rows;
  private final @Nullable LongValue added;

  /** The row that has gone last, at index 0. */
  private final Column[] gone;

  private final RankTree tree;
  private final KeyOrder[] order;
  private final int firstColumn;
  private final LongColumn id = new LongColumn(1);
  private final Column[] ids = {id};
  private final int[] one = new int[1];
  private int[] slots = new int[0];

  RankRows(RankSpec spec, StateContext state) {
    this.spec = spec;
    List<StateType> ofPartition = new ArrayList<>();
    ofPartition.add(StateType.of("root", new KeyNumber(TABLE, 1)));
    ofPartition.add(StateType.of("time", DataType.BIGINT));
    ofPartition.add(StateType.of("arrived", DataType.BIGINT));
    ofPartition.addAll(Expiry.fields(spec.ttlMillis()));
    partitions =
        state.slotTable(
            new SlotTableSpec(PARTITIONS, VERSION, spec.partitionTypes(), ofPartition)
                .keyedBy(spec.partition()));
    List<StateType> ofRow = new ArrayList<>();
    ofRow.add(StateType.of("partition", new KeyNumber(PARTITIONS, 0)));
    ofRow.add(StateType.of("number", DataType.BIGINT));
    ofRow.addAll(RankTree.fields(""));
    firstColumn = ofRow.size();
    for (int i = 0; i < spec.input().size(); i++) {
      ofRow.add(StateType.of("c" + i, spec.input().type(i)));
    }
    rows = state.slotTable(rowTable(spec, ofRow));
    added = spec.isOfChanges() ? null : state.longValue(ADDED);
    gone = new Column[spec.input().size()];
    for (int i = 0; i < gone.length; i++) {
      gone[i] = Column.of(spec.input().type(i).layout(), 1);
    }
    order =
        spec.order().stream()
            .map(key -> KeyOrder.of(spec.input().type(key.column()).layout(), key))
            .toArray(KeyOrder[]::new);
    tree =
        new RankTree(
            rows,
            FIRST_OF_TREE,
            new RowOrder(order, this::column, () -> ofRow(NUMBER)),
            spec.countsPeers());
  }

  /** Rows of changes are found by their key; others are numbered. */
  private static SlotTableSpec rowTable(RankSpec spec, List<StateType> fields) {
    return spec.isOfChanges()
        ? new SlotTableSpec(
                TABLE, VERSION, spec.rowKeys().stream().map(spec.input()::type).toList(), fields)
            .keyedBy(spec.rowKeys())
        : new SlotTableSpec(TABLE, VERSION, List.of(DataType.BIGINT), fields).numberedBy(ADDED);
  }

  /** The index of the first of {@link Expiry#fields} in the table of partitions. */
  static int expiryField() {
    return ARRIVED + 1;
  }

  SlotTable partitions() {
    return partitions;
  }

  RankTree tree() {
    return tree;
  }

  /** Finds or makes the partition of a row. */
  int partitionOf(Column[] keys, int row) {
    if (slots.length <= row) {
      slots = new int[Math.max(row + 1, 2 * slots.length)];
    }
    partitions.resolve(keys, row, row + 1, slots);
    return slots[row];
  }

  int root(int partition) {
    return (int) ofPartition(ROOT)[partition];
  }

  long size(int partition) {
    return tree.size(root(partition));
  }

  /** The greatest time of what has changed a partition. */
  long time(int partition) {
    return ofPartition(TIME)[partition];
  }

  /** Notes the time of what changes a partition. */
  void note(int partition, long time) {
    long[] times = ofPartition(TIME);
    boolean isFirst = ofPartition(ARRIVED)[partition] == 0;
    times[partition] = isFirst ? time : Math.max(times[partition], time);
  }

  /** Whether a row that comes is not wanted: its place would be behind those that are. */
  boolean isBehind(int partition, Batch batch, int row) {
    if (spec.bounds().isEmpty()) {
      return false;
    }
    int root = root(partition);
    long size = tree.size(root);
    int last = tree.select(root, size);
    int compared = last == 0 ? 1 : compareValues(batch, row, slot(last));
    if (compared < 0) {
      return false;
    }
    for (RankBound bound : spec.bounds()) {
      long place =
          switch (bound.ranking()) {
            case ROW_NUMBER -> size + 1;
            case RANK -> compared == 0 ? place(Ranking.RANK, root, last, size) : size + 1;
            case DENSE_RANK -> tree.groups(root) + (compared == 0 ? 0 : 1);
          };
      if (place > bound.most()) {
        return true;
      }
    }
    return false;
  }

  private int compareValues(Batch batch, int row, int slot) {
    for (KeyOrder key : order) {
      int column = key.column();
      int compared = key.compare(batch.column(column), row, rows.field(firstColumn + column), slot);
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  /**
   * Puts a row into a partition, behind its peers.
   *
   * @param keys the columns of its key; none if rows have no key
   */
  int add(int partition, Batch batch, int batchRow, Column[] keys) {
    int slot = resolve(keys, batchRow);
    int row = rows.number(slot) + 1;
    write(row, batch, batchRow);
    partitions.touch(partition);
    ofRow(PARTITION)[slot] = partitions.number(partition);
    ofRow(NUMBER)[slot] = ++ofPartition(ARRIVED)[partition];
    ofPartition(ROOT)[partition] = tree.add(root(partition), row);
    return row;
  }

  /** Where a row lies now; for a moment only, as other rows take its place there. */
  int slot(int row) {
    return rows.slot(row - 1);
  }

  private int resolve(Column[] keys, int batchRow) {
    LongValue counter = added;
    if (counter == null) {
      if (slots.length <= batchRow) {
        slots = new int[Math.max(batchRow + 1, 2 * slots.length)];
      }
      rows.resolve(keys, batchRow, batchRow + 1, slots);
      return slots[batchRow];
    }
    counter.set(counter.get() + 1);
    id.put(0, counter.get());
    rows.resolve(ids, 0, 1, one);
    return one[0];
  }

  /** Gives a row the values of one of a batch. */
  void write(int row, Batch batch, int batchRow) {
    int slot = slot(row);
    rows.touch(slot);
    for (int i = 0; i < spec.input().size(); i++) {
      column(i).copy(batch.column(i), batchRow, slot);
    }
  }

  /** The row of a key, or 0. */
  int find(Column[] keys, int batchRow) {
    int slot = rows.find(keys, batchRow);
    return slot < 0 ? 0 : rows.number(slot) + 1;
  }

  /** The partition of a row. */
  int partition(int row) {
    int slot = slot(row);
    return partitions.slot((int) ofRow(PARTITION)[slot]);
  }

  /** Whether a row that comes has the values of the order of one that is there. */
  boolean isPeer(int row, Batch batch, int batchRow) {
    return compareValues(batch, batchRow, slot(row)) == 0;
  }

  /** Forgets a row of a partition. */
  void remove(int partition, int row) {
    takeOut(partition, row);
    forget(row);
  }

  /** Takes a row out of the order of its partition; it is not forgotten yet. */
  void takeOut(int partition, int row) {
    partitions.touch(partition);
    ofPartition(ROOT)[partition] = tree.remove(root(partition), row);
  }

  /** Forgets a row that is in no partition any more. */
  void forget(int row) {
    rows.remove(slot(row));
  }

  /** Remembers what a row is, until another one goes. */
  void keepGone(int row) {
    int slot = slot(row);
    for (int i = 0; i < gone.length; i++) {
      gone[i].copy(column(i), slot, 0);
    }
  }

  /** A column of the row that has gone last; its index is 0. */
  Column gone(int index) {
    return gone[index];
  }

  /** Whether the row that has gone last has values of the order before those of another row. */
  boolean isGoneBefore(int row) {
    int slot = slot(row);
    for (KeyOrder key : order) {
      int column = key.column();
      int compared = key.compare(gone[column], 0, column(column), slot);
      if (compared != 0) {
        return compared < 0;
      }
    }
    return false;
  }

  /** Forgets all rows of a partition. */
  void clear(int partition) {
    forgetAll(root(partition));
    ofPartition(ROOT)[partition] = 0;
  }

  private void forgetAll(int root) {
    if (root != 0) {
      forgetAll(tree.left(root));
      forgetAll(tree.right(root));
      forget(root);
    }
  }

  /** How many rows of a partition are wanted: those in front. */
  long wanted(int partition) {
    int root = root(partition);
    long wanted = tree.size(root);
    for (RankBound bound : spec.bounds()) {
      wanted = Math.min(wanted, wanted(root, bound));
    }
    return wanted;
  }

  private long wanted(int root, RankBound bound) {
    long most = bound.most();
    if (most < 1) {
      return 0;
    }
    long size = tree.size(root);
    return switch (bound.ranking()) {
      case ROW_NUMBER -> most;
      case RANK -> most >= size ? size : tree.withPeers(root, tree.select(root, most), true);
      case DENSE_RANK ->
          most >= tree.groups(root) ? size : tree.before(root, tree.selectGroup(root, most + 1));
    };
  }

  /**
   * The place of a row.
   *
   * @param rowNumber its row number
   */
  long place(Ranking ranking, int root, int row, long rowNumber) {
    return switch (ranking) {
      case ROW_NUMBER -> rowNumber;
      case RANK -> tree.withPeers(root, row, false) + 1;
      case DENSE_RANK -> tree.groupsUpTo(root, row);
    };
  }

  /** The number of a row among those that have come to its partition. */
  long number(int row) {
    int slot = slot(row);
    return ofRow(NUMBER)[slot];
  }

  /** A column of the input, by slot. */
  Column column(int index) {
    return rows.field(firstColumn + index);
  }

  private long[] ofPartition(int field) {
    return ((LongColumn) partitions.field(field)).values();
  }

  private long[] ofRow(int field) {
    return ((LongColumn) rows.field(field)).values();
  }
}
