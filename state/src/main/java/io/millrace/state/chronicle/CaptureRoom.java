package io.millrace.state.chronicle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many rows one capture of an operator's tables has in memory, those of all its panes together:
 * so many that are copied, beside the few of each small table, and of those that are not so many
 * that were about to change.
 */
final class CaptureRoom {
  /** Each table has so many rows in memory anyway; many panes of few rows make no files. */
  private static final int FEW = 1 << 12;

  private static final int MOST_COPIED = 1 << 17;
  private static final int MOST_KEPT = 1 << 15;

  private final List<SpoolingTaker> spooling = new ArrayList<>();
  private int copied;
  private int kept;

  /** Whether so many rows of a table may be copied; few always may. */
  boolean takes(int rows) {
    if (rows <= FEW) {
      return true;
    }
    if (rows > MOST_COPIED - copied) {
      return false;
    }
    copied += rows;
    return true;
  }

  /** Takes part in what is kept. */
  void add(SpoolingTaker taker) {
    spooling.add(taker);
  }

  /** Is done, so that what it takes from is not held for it. */
  void leave(SpoolingTaker taker) {
    spooling.remove(taker);
    kept -= taker.kept();
  }

  /** Says that a taker keeps a row more; if all together keep too many, one writes its own. */
  void keepsMore() {
    if (++kept == MOST_KEPT) {
      SpoolingTaker greatest =
          spooling.stream().max(Comparator.comparingInt(SpoolingTaker::kept)).orElseThrow();
      kept -= greatest.kept();
      greatest.spoolKept();
    }
  }
}
