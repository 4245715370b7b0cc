package io.millrace.operators.rank;

import io.millrace.operators.analytic.Ranking;
import io.millrace.operators.order.SortKey;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import java.util.List;

/** A walk over the rows of a partition in their order, with the peers of the row at which it is. */
final class OverWalk {
  private final OverRows rows;
  private final List<SortKey> order;
  private final RankTree tree;
  private int[] read = new int[16];
  private long firstRead;
  private long lastRead;
  private long size;
  private long place;
  private long firstPeer;
  private long lastPeer;
  private long denseRank;

  OverWalk(OverRows rows, List<SortKey> order, RankTree tree) {
    this.rows = rows;
    this.order = order;
    this.tree = tree;
  }

  /**
   * Stands at a place.
   *
   * @param first the place of the first row that is read, not behind the one at which it stands
   * @param last that of the last
   */
  void begin(int root, long start, long first, long last) {
    int count = Math.toIntExact(last - first + 1);
    if (read.length < count) {
      read = new int[Math.max(count, 2 * read.length)];
    }
    tree.select(root, first, last, read);
    firstRead = first;
    lastRead = last;
    size = tree.size(root);
    place = start;
    int row = row(start);
    firstPeer = tree.withPeers(root, row, false) + 1;
    lastPeer = tree.withPeers(root, row, true);
    denseRank = tree.groupsUpTo(root, row);
  }

  /** Goes on to the next place, which is one of those read. */
  void next() {
    place++;
    if (place > lastPeer) {
      firstPeer = place;
      lastPeer = place;
      denseRank++;
      while (lastPeer < lastRead && tree.comparePeers(row(place), row(lastPeer + 1)) == 0) {
        lastPeer++;
      }
    }
  }

  /** Where it is. */
  long place() {
    return place;
  }

  /** How many rows the partition has. */
  long size() {
    return size;
  }

  /** The place of the first row with the values of the order that the row here has. */
  long firstPeer() {
    return firstPeer;
  }

  /** The place of the last such row, or of the last row that is read. */
  long lastPeer() {
    return lastPeer;
  }

  long ranking(Ranking ranking) {
    return switch (ranking) {
      case ROW_NUMBER -> place;
      case RANK -> firstPeer;
      case DENSE_RANK -> denseRank;
    };
  }

  /** The row of a place that is read. */
  int row(long at) {
    return read[(int) (at - firstRead)];
  }

  /** Where the row of a place that is read lies now. */
  int slot(long at) {
    return rows.slot(row(at));
  }

  /** Whether the row here has no value in the order, which is by one column. */
  boolean isNull() {
    return isNull(place);
  }

  private boolean isNull(long at) {
    int slot = slot(at);
    return values().isNull(slot);
  }

  private Column values() {
    return rows.column(order.get(0).column());
  }

  /**
   * Whether a row is before a frame that begins at a distance from the value here.
   *
   * @param distance negative before it
   */
  boolean isBefore(long at, long distance) {
    return isNull(at) ? order.get(0).nullsFirst() : compareToBound(at, distance) < 0;
  }

  /** Whether a row is behind a frame that ends at a distance from the value here. */
  boolean isBehind(long at, long distance) {
    return isNull(at) ? !order.get(0).nullsFirst() : compareToBound(at, distance) > 0;
  }

  /** All values are on this side of a bound that is beyond the greatest or the least value. */
  private int compareToBound(long at, long distance) {
    boolean isDescending = order.get(0).isDescending();
    long here = value(place);
    long offset = isDescending ? -distance : distance;
    long bound = here + offset;
    boolean overflows = ((here ^ bound) & (offset ^ bound)) < 0;
    if (overflows) {
      return distance > 0 ? -1 : 1;
    }
    int compared = Long.compare(value(at), bound);
    return isDescending ? -compared : compared;
  }

  private long value(long at) {
    int slot = slot(at);
    return ((LongColumn) values()).values()[slot];
  }
}
