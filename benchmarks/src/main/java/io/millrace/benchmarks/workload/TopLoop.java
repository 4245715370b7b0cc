package io.millrace.benchmarks.workload;

import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * {@link Workload#W8} by hand: a ring of ten panes for each symbol and a running sum, of which the
 * pane that leaves is taken off; the ten largest by insertion.
 */
final class TopLoop extends ReferenceContender.Loop {
  private static final int PANES = 10;
  private static final int MOST = 10;
  private static final long SLIDE_MILLIS = 1_000;
  private final Object2ObjectOpenHashMap<String, Group> groups = new Object2ObjectOpenHashMap<>();
  private final Group[] top = new Group[MOST];
  private final long[] totals = new long[MOST];
  private Group[] all = new Group[16];
  private long end = Long.MIN_VALUE;
  private int pane;

  TopLoop(Checksum results) {
    super(results);
  }

  @Override
  public void feed(int set, int from, int to) {
    Trade[] trades = sets[set];
    for (int i = from; i < to; i++) {
      Trade trade = trades[i];
      if (trade.time >= end) {
        moveTo(trade.time);
      }
      Group group = groups.get(trade.symbol);
      if (group == null) {
        group = add(trade.symbol);
      }
      group.sums[pane] += trade.volume;
      group.counts[pane]++;
    }
  }

  private Group add(String symbol) {
    Group group = new Group(symbol);
    if (groups.size() == all.length) {
      all = Arrays.copyOf(all, 2 * all.length);
    }
    all[groups.size()] = group;
    groups.put(symbol, group);
    return group;
  }

  private void moveTo(long time) {
    if (end == Long.MIN_VALUE) {
      end = time - time % SLIDE_MILLIS + SLIDE_MILLIS;
      return;
    }
    while (time >= end) {
      closeWindow();
      end += SLIDE_MILLIS;
    }
  }

  private void closeWindow() {
    int found = 0;
    int next = (pane + 1) % PANES;
    for (int i = 0; i < groups.size(); i++) {
      Group group = all[i];
      group.sum += group.sums[pane];
      group.count += group.counts[pane];
      if (group.count > 0) {
        found = offer(group, found);
      }
      group.sum -= group.sums[next];
      group.count -= group.counts[next];
      group.sums[next] = 0;
      group.counts[next] = 0;
    }
    for (int i = 0; i < found; i++) {
      results.add(top[i].symbol, totals[i]);
    }
    pane = next;
  }

  /** Takes a group among the first ones, if it belongs there, and gives how many these are. */
  private int offer(Group group, int found) {
    if (found == MOST && !isBefore(group, found - 1)) {
      return found;
    }
    int at = Math.min(found, MOST - 1);
    while (at > 0 && isBefore(group, at - 1)) {
      top[at] = top[at - 1];
      totals[at] = totals[at - 1];
      at--;
    }
    top[at] = group;
    totals[at] = group.sum;
    return Math.min(found + 1, MOST);
  }

  private boolean isBefore(Group group, int other) {
    return group.sum > totals[other]
        || (group.sum == totals[other] && group.symbol.compareTo(top[other].symbol) < 0);
  }

  /** The volumes of a symbol by pane, and in the window. */
  private static final class Group {
    private final String symbol;
    private final long[] sums = new long[PANES];
    private final int[] counts = new int[PANES];
    private long sum;
    private int count;

    Group(String symbol) {
      this.symbol = symbol;
    }
  }
}
