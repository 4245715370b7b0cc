package io.millrace.operators.rank;

import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * The rows of partitions in their order, those of each in a tree whose nodes lie in the table of
 * the rows: a row comes, goes, and is found by its place in the logarithm of their number, and a
 * snapshot has only the nodes that were changed.
 *
 * <p>Nodes are numbers of rows with one added, so that 0 is none; where they lie is asked for each
 * time. Trees are balanced by the numbers of their rows (Adams, "Efficient sets: a balancing act",
 * 1993, with the parameters of Hirai and Yamamoto, "Balancing weight-balanced trees", 2011). A row
 * that comes first among those with its values of the order leads its peers; trees also count
 * these.
 */
final class RankTree {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;
  private static final int SIZE = 2;
  private static final int LEADS = 3;
  private static final int GROUPS = 4;
  private static final int DELTA = 3;
  private static final int GAMMA = 2;

  private final SlotTable rows;
  private final int firstField;
  private final Order order;
  private final boolean countsPeers;

  /** The order of rows by their slots. */
  interface Order {
    /** Negative if the first comes first; 0 for peers. */
    int comparePeers(int slot, int other);

    /** As {@link #comparePeers}, but tells peers apart, too. */
    int compare(int slot, int other);
  }

  /**
   * The fields of a row that are those of a tree.
   *
   * @param prefix tells those of several trees apart
   */
  static List<StateType> fields(String prefix) {
    return List.of(
        StateType.of(prefix + "left", new KeyNumber(RankRows.TABLE, 1)),
        StateType.of(prefix + "right", new KeyNumber(RankRows.TABLE, 1)),
        StateType.of(prefix + "size", DataType.BIGINT),
        StateType.of(prefix + "leads", DataType.BIGINT),
        StateType.of(prefix + "peer groups", DataType.BIGINT));
  }

  /**
   * @param firstField the index of the first of {@link #fields}
   * @param countsPeers whether it is wanted how many different values of the order there are
   */
  RankTree(SlotTable rows, int firstField, Order order, boolean countsPeers) {
    this.rows = rows;
    this.firstField = firstField;
    this.order = order;
    this.countsPeers = countsPeers;
  }

  /** How many rows are in a tree. */
  long size(long root) {
    return of(SIZE, root);
  }

  /** How many different values of the order there are in a tree. */
  long groups(long root) {
    return of(GROUPS, root);
  }

  /** The row of a place, which is counted from 1; 0 if there is none. */
  int select(int root, long place) {
    int node = root;
    long left = place;
    while (node != 0) {
      long before = size(of(LEFT, node));
      if (left == before + 1) {
        return node;
      }
      boolean isLeft = left <= before;
      left -= isLeft ? 0 : before + 1;
      node = (int) of(isLeft ? LEFT : RIGHT, node);
    }
    return 0;
  }

  /**
   * Writes the rows of some places, in their order.
   *
   * @param from the first place
   * @param to the last place
   * @param rows receives at index 0 the row of the first place
   */
  void select(int root, long from, long to, int[] rows) {
    if (from <= to) {
      collect(root, 0, new Places(from, to, rows));
    }
  }

  private record Places(long from, long to, int[] rows) {}

  /**
   * @param before how many rows come before those of the node
   */
  private void collect(int node, long before, Places places) {
    if (node == 0 || before >= places.to || before + size(node) < places.from) {
      return;
    }
    long place = before + size(of(LEFT, node)) + 1;
    collect(left(node), before, places);
    if (place >= places.from && place <= places.to) {
      places.rows[(int) (place - places.from)] = node;
    }
    collect(right(node), place, places);
  }

  /** The first row of the value of the order of so great a dense rank; 0 if there is none. */
  int selectGroup(int root, long group) {
    int node = root;
    long left = group;
    while (node != 0) {
      long before = groups(of(LEFT, node));
      long leads = of(LEADS, node);
      if (leads > 0 && left == before + 1) {
        return node;
      }
      boolean isLeft = left <= before;
      left -= isLeft ? 0 : before + leads;
      node = (int) of(isLeft ? LEFT : RIGHT, node);
    }
    return 0;
  }

  /** How many rows come before a row, which need not be in the tree. */
  long before(int root, int row) {
    long count = 0;
    for (int node = root; node != 0; ) {
      boolean isBehind = node != row && compare(node, row) < 0;
      count += isBehind ? size(of(LEFT, node)) + 1 : 0;
      node = (int) of(isBehind ? RIGHT : LEFT, node);
    }
    return count;
  }

  /** How many rows have values of the order before those of a row, or also the same. */
  long withPeers(int root, int row, boolean isIncluded) {
    long count = 0;
    for (int node = root; node != 0; ) {
      boolean isBehind = comparePeers(node, row) < (isIncluded ? 1 : 0);
      count += isBehind ? size(of(LEFT, node)) + 1 : 0;
      node = (int) of(isBehind ? RIGHT : LEFT, node);
    }
    return count;
  }

  /** How many different values of the order there are up to that of a row. */
  long groupsUpTo(int root, int row) {
    long count = 0;
    for (int node = root; node != 0; ) {
      boolean isBehind = comparePeers(node, row) < 1;
      count += isBehind ? groups(of(LEFT, node)) + of(LEADS, node) : 0;
      node = (int) of(isBehind ? RIGHT : LEFT, node);
    }
    return count;
  }

  /** Whether a row is the first with its values of the order. */
  boolean leads(int row) {
    return of(LEADS, row) > 0;
  }

  /** Compares rows by their values of the order. */
  int comparePeers(int row, int other) {
    return order.comparePeers(slot(row), slot(other));
  }

  private int compare(int row, int other) {
    return order.compare(slot(row), slot(other));
  }

  boolean arePeers(int row, int other) {
    return row != 0 && other != 0 && comparePeers(row, other) == 0;
  }

  /** Puts a row in, which comes behind all of its peers, and gives the new root. */
  int add(int root, int row) {
    boolean leads = countsPeers && !arePeers(select(root, before(root, row)), row);
    lead(row, leads);
    return insert(root, row);
  }

  /** Takes a row out and gives the new root. */
  int remove(int root, int row) {
    int next = of(LEADS, row) > 0 ? select(root, before(root, row) + 2) : 0;
    int rest = delete(root, row);
    if (arePeers(next, row)) {
      lead(rest, next);
    }
    return rest;
  }

  /** Says that a row of a tree leads its peers. */
  private void lead(int node, int row) {
    if (node == row) {
      lead(row, true);
    } else {
      boolean isLeft = compare(row, node) < 0;
      lead((int) of(isLeft ? LEFT : RIGHT, node), row);
    }
    link(node, left(node), right(node));
  }

  private void lead(int row, boolean leads) {
    int slot = toChange(row);
    values(LEADS)[slot] = leads ? 1 : 0;
  }

  private int insert(int root, int row) {
    if (root == 0) {
      return link(row, 0, 0);
    }
    return compare(row, root) < 0
        ? balance(root, insert(left(root), row), right(root))
        : balance(root, left(root), insert(right(root), row));
  }

  private int delete(int root, int row) {
    if (root == row) {
      return glue(left(root), right(root));
    }
    return compare(row, root) < 0
        ? balance(root, delete(left(root), row), right(root))
        : balance(root, left(root), delete(right(root), row));
  }

  /** One tree of two that are balanced to each other. */
  private int glue(int left, int right) {
    if (left == 0 || right == 0) {
      return left + right;
    }
    if (size(left) > size(right)) {
      int last = select(left, size(left));
      return balance(last, delete(left, last), right);
    }
    int first = select(right, 1);
    return balance(first, left, delete(right, first));
  }

  private int balance(int node, int left, int right) {
    if (isHeavier(right, left)) {
      int inner = left(right);
      int outer = right(right);
      if (weight(inner) < GAMMA * weight(outer)) {
        return link(right, link(node, left, inner), outer);
      }
      int rest = right(inner);
      return link(inner, link(node, left, left(inner)), link(right, rest, outer));
    }
    if (isHeavier(left, right)) {
      int inner = right(left);
      int outer = left(left);
      if (weight(inner) < GAMMA * weight(outer)) {
        return link(left, outer, link(node, inner, right));
      }
      int rest = left(inner);
      return link(inner, link(left, outer, rest), link(node, right(inner), right));
    }
    return link(node, left, right);
  }

  private boolean isHeavier(int node, int other) {
    return weight(node) > DELTA * weight(other);
  }

  private long weight(int node) {
    return size(node) + 1;
  }

  private int link(int node, int left, int right) {
    long size = size(left) + size(right) + 1;
    long groups = groups(left) + groups(right) + of(LEADS, node);
    int slot = toChange(node);
    values(LEFT)[slot] = left;
    values(RIGHT)[slot] = right;
    values(SIZE)[slot] = size;
    values(GROUPS)[slot] = groups;
    return node;
  }

  int left(int node) {
    return (int) of(LEFT, node);
  }

  int right(int node) {
    return (int) of(RIGHT, node);
  }

  private long of(int field, long node) {
    if (node == 0) {
      return 0;
    }
    int slot = slot((int) node);
    return values(field)[slot];
  }

  private int slot(int row) {
    return rows.slot(row - 1);
  }

  private int toChange(int row) {
    int slot = slot(row);
    rows.touch(slot);
    return slot;
  }

  private long[] values(int field) {
    return ((LongColumn) rows.field(firstField + field)).values();
  }
}
