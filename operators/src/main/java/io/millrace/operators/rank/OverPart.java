package io.millrace.operators.rank;

import io.millrace.operators.analytic.Ranking;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.order.KeyOrder;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows as one part of an OVER sees them: a tree for each of its partitions, peers in the order
 * in which they came. A change of a row is told to each part; behind that each computes again what
 * it gives for the rows that the change may concern.
 */
final class OverPart {
  private static final int VERSION = 1;
  private static final int ROOT = 0;
  private static final int TIME = 1;
  private static final int ARRIVED = 2;
  private static final int PARTITION = 0;
  private static final int NUMBER = 1;
  private static final int FIRST_OF_TREE = 2;
  private static final int NONE = -1;

  private final OverSpec.Part spec;
  private final OverRows rows;
  private final int firstField;
  private final int firstResult;
  private final SlotTable partitions;
  private final KeyOrder[] order;
  private final RankTree tree;
  private final OverWalk walk;
  private final List<OverFrame> frames = new ArrayList<>();
  private final Column[] keys;
  private final LongColumn rank = new LongColumn(1);
  private final Spot left = new Spot();
  private final Spot joined = new Spot();
  private int[] slots = new int[0];

  /** The row that has come or been replaced; or 0. */
  private int own;

  /** Whether it has stayed where it was. */
  private boolean hasStayed;

  /** Where a row has left a partition or come to one. */
  private static final class Spot {
    /** Its number. */
    private int partition = NONE;

    private long place;
    private long firstPeer;
  }

  /**
   * Where it has its state.
   *
   * @param firstField the first of its fields in the table of rows
   * @param firstResult the first column of what it gives
   */
  record Place(int firstField, int firstResult, SlotTable partitions) {}

  OverPart(
      OverSpec whole,
      int number,
      OverRows rows,
      Place place,
      OperatorContext context,
      KernelLoader loader) {
    this.spec = whole.parts().get(number);
    this.rows = rows;
    this.firstField = place.firstField;
    this.firstResult = place.firstResult;
    this.partitions = place.partitions;
    this.keys = new Column[spec.partition().size()];
    this.order =
        spec.order().stream()
            .map(key -> KeyOrder.of(whole.input().type(key.column()).layout(), key))
            .toArray(KeyOrder[]::new);
    this.tree =
        new RankTree(
            rows.table(),
            firstField + FIRST_OF_TREE,
            new RowOrder(order, rows::column, () -> ofRow(NUMBER)),
            spec.rankings().contains(Ranking.DENSE_RANK));
    this.walk = new OverWalk(rows, spec.order(), tree);
    for (int i = 0; i < spec.frames().size(); i++) {
      String name = "frame " + number + " " + i;
      frames.add(new OverFrame(spec.frames().get(i), name, context, loader));
    }
  }

  static String partitionsOf(int number) {
    return "partitions " + number;
  }

  /** The table of a part's partitions. */
  static SlotTableSpec partitions(OverSpec whole, int number) {
    OverSpec.Part part = whole.parts().get(number);
    return new SlotTableSpec(
            partitionsOf(number),
            VERSION,
            part.partition().stream().map(whole.input()::type).toList(),
            List.of(
                StateType.of("root", new KeyNumber(OverRows.TABLE, 1)),
                StateType.of("time", DataType.BIGINT),
                StateType.of("arrived", DataType.BIGINT)))
        .keyedBy(part.partition());
  }

  /** The fields of a row that are those of a part. */
  static List<StateType> fields(int number) {
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("partition " + number, new KeyNumber(partitionsOf(number), 0)));
    fields.add(StateType.of("number " + number, DataType.BIGINT));
    fields.addAll(RankTree.fields("part " + number + " "));
    return fields;
  }

  /** Takes a row out that goes. */
  void takeOut(int row, long time) {
    int partition = partitionOf(row);
    int root = root(partition);
    left.partition = partition;
    left.place = tree.before(root, row) + 1;
    left.firstPeer = tree.withPeers(root, row, false) + 1;
    note(partition, time);
    root(partition, tree.remove(root, row));
  }

  /**
   * Takes a row out that is replaced, unless the new one keeps its partition and its values of the
   * order: then it keeps its place among its peers.
   */
  void replace(int row, Batch batch, int batchRow) {
    int there = partitionOf(row);
    long time = batch.rowtimes()[batchRow];
    int found = partitions.find(keysIn(batch), batchRow);
    boolean isThere = found >= 0 && partitions.number(found) == there;
    if (!isThere || !isPeer(row, batch, batchRow)) {
      takeOut(row, time);
      return;
    }
    note(there, time);
    hasStayed = true;
    locate(there, row);
  }

  /** Puts the row in that has come or been replaced, behind its peers. */
  void putIn(int row, Batch batch, int batchRow) {
    if (hasStayed) {
      return;
    }
    if (slots.length <= batchRow) {
      slots = new int[Math.max(batchRow + 1, 2 * slots.length)];
    }
    partitions.resolve(keysIn(batch), batchRow, batchRow + 1, slots);
    int partition = partitions.number(slots[batchRow]);
    int slot = note(partition, batch.rowtimes()[batchRow]);
    long number = ++ofPartition(ARRIVED)[slot];
    int of = rows.toChange(row);
    ofRow(PARTITION)[of] = partition;
    ofRow(NUMBER)[of] = number;
    root(partition, tree.add(root(partition), row));
    locate(partition, row);
  }

  private void locate(int partition, int row) {
    int root = root(partition);
    joined.partition = partition;
    joined.place = tree.before(root, row) + 1;
    joined.firstPeer = tree.withPeers(root, row, false) + 1;
  }

  private Column[] keysIn(Batch batch) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(spec.partition().get(i));
    }
    return keys;
  }

  /** Notes the time of what changes a partition, and gives its slot. */
  private int note(int partition, long time) {
    int slot = partitions.slot(partition);
    partitions.touch(slot);
    long[] times = ofPartition(TIME);
    boolean isFirst = ofPartition(ARRIVED)[slot] == 0;
    times[slot] = isFirst ? time : Math.max(times[slot], time);
    return slot;
  }

  /** The greatest time of what has changed the partition of a row. */
  long time(int row) {
    int slot = partitions.slot(partitionOf(row));
    return ofPartition(TIME)[slot];
  }

  /** The number of a row among those that have come to its partition. */
  long number(int row) {
    int slot = rows.slot(row);
    return ofRow(NUMBER)[slot];
  }

  /**
   * Computes again what may have changed.
   *
   * @param own the row that has come or been replaced, which has changed in any case; or 0
   */
  void compute(int own) {
    this.own = own;
    boolean isMove = left.partition == joined.partition;
    if (left.partition != NONE && !isMove) {
      compute(left.partition, left.place, left.place, left.firstPeer, true);
    }
    if (joined.partition != NONE) {
      compute(
          joined.partition,
          isMove ? Math.min(left.place, joined.place) : joined.place,
          isMove ? Math.max(left.place, joined.place) : joined.place,
          isMove ? Math.min(left.firstPeer, joined.firstPeer) : joined.firstPeer,
          !isMove);
    }
  }

  /** Forgets the change, and a partition that is empty. */
  void finish() {
    if (left.partition != NONE && root(left.partition) == 0) {
      partitions.remove(partitions.slot(left.partition));
    }
    left.partition = NONE;
    joined.partition = NONE;
    hasStayed = false;
  }

  /**
   * @param low the first place at which something has happened
   * @param high the last one
   * @param firstPeer the place of the first row with the values of the order that are concerned
   * @param shifts whether the rows behind have other places than before, unless a row has stayed
   */
  private void compute(int partition, long low, long high, long firstPeer, boolean shifts) {
    int root = root(partition);
    long size = tree.size(root);
    long first = low;
    long last = high;
    for (OverFrame frame : frames) {
      first = Math.min(first, frame.firstChanged(low, firstPeer));
      last = Math.max(last, frame.lastChanged(high, size));
    }
    boolean onlyNumbers = spec.rankings().stream().allMatch(r -> r == Ranking.ROW_NUMBER);
    if (!hasStayed && !spec.rankings().isEmpty() && (shifts || !onlyNumbers)) {
      last = size;
    }
    first = Math.max(1, first);
    last = Math.min(size, last);
    if (first <= last) {
      walk(root, first, last, size);
    }
  }

  private void walk(int root, long first, long last, long size) {
    long firstRead = first;
    long lastRead = last;
    for (OverFrame frame : frames) {
      firstRead = Math.min(firstRead, frame.firstRead(first));
      lastRead = Math.max(lastRead, frame.lastRead(last, size));
    }
    firstRead = Math.max(1, firstRead);
    walk.begin(root, first, firstRead, Math.min(size, lastRead));
    for (OverFrame frame : frames) {
      frame.begin(rows, Math.max(1, frame.firstRead(first)));
    }
    for (long at = first; at <= last; at++) {
      write(walk.row(at));
      if (at < last) {
        walk.next();
      }
    }
    frames.forEach(OverFrame::end);
  }

  /** Writes what the part gives for the row at which the walk is. */
  private void write(int row) {
    if (row == own) {
      rows.change(row);
    }
    int column = firstResult;
    for (Ranking ranking : spec.rankings()) {
      rank.values()[0] = walk.ranking(ranking);
      rows.write(row, column++, rank);
    }
    for (OverFrame frame : frames) {
      frame.move(walk);
      for (Column result : frame.results()) {
        rows.write(row, column++, result);
      }
    }
  }

  private boolean isPeer(int row, Batch batch, int batchRow) {
    int slot = rows.slot(row);
    for (KeyOrder key : order) {
      Column there = rows.column(key.column());
      if (key.compare(batch.column(key.column()), batchRow, there, slot) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The number of the partition of a row. */
  private int partitionOf(int row) {
    int slot = rows.slot(row);
    return (int) ofRow(PARTITION)[slot];
  }

  private int root(int partition) {
    int slot = partitions.slot(partition);
    return (int) ofPartition(ROOT)[slot];
  }

  private void root(int partition, int root) {
    int slot = partitions.slot(partition);
    partitions.touch(slot);
    ofPartition(ROOT)[slot] = root;
  }

  private long[] ofPartition(int field) {
    return ((LongColumn) partitions.field(field)).values();
  }

  private long[] ofRow(int field) {
    return ((LongColumn) rows.table().field(firstField + field)).values();
  }
}
