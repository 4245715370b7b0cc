package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows of the last rows of a time span: of the rows with {@code t - size < rowtime <= t} so many
 * at most, those of the greatest times. As in {@link TimeWindowOperator}, t is the greatest time so
 * far, here of the window's own rows or of the watermark.
 *
 * <p>A window is found again when the watermark may have let all of its rows go, and is forgotten
 * then, unless its t is still ahead of the watermark.
 *
 * <p>Where what leaves is sent, all windows have one t, and each is found at every moment at which
 * a row leaves it: the rows of one moment leave together, in the order in which they came, and what
 * they have left is sent.
 */
final class TimeLengthWindowOperator extends OrderedWindowOperator {
  /** Turned around at {@link Long#MIN_VALUE}, so that at first there is no time. */
  private static final int TIME = 0;

  /** Tells a window from others that have used its number; 0 before it has a deadline. */
  private static final int ID = 1;

  /** When a window is found next, if what leaves is sent; turned around as the time is. */
  private static final int DUE = 2;

  private final TimeLengthWindowSpec spec;
  private final boolean sendsLeaving;
  private LongValue windowsMade;

  /** The greatest time of all rows, turned around alike, where windows share it. */
  private @Nullable LongValue now;

  private Deadlines deadlines;

  /** The windows that are found at a moment. */
  private final TouchedGroups found = new TouchedGroups();

  /** Windows that have been found without rows while rows are taken, which may be for them. */
  private final TouchedGroups emptied = new TouchedGroups();

  /** The groups that rows leave at a moment. */
  private final TouchedGroups left = new TouchedGroups();

  private final RowsByArrival leavingRows = new RowsByArrival();

  TimeLengthWindowOperator(TimeLengthWindowSpec spec, KernelLoader loader) {
    super(spec.groups(), List.of(), false, loader);
    this.spec = spec;
    sendsLeaving = spec.sendsLeaving();
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    windowsMade = context.state().longValue("windows_made");
    now = spec.isOfOneTime() ? context.state().longValue("now") : null;
    deadlines = new Deadlines(context.state(), "windows", context.outputTimeline());
  }

  @Override
  List<StateType> furtherFields() {
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("time", DataType.BIGINT));
    fields.add(StateType.of("id", DataType.BIGINT));
    if (sendsLeaving) {
      fields.add(StateType.of("due", DataType.BIGINT));
    }
    return fields;
  }

  @Override
  OrderedRows.Order order() {
    return (source, row, time, number) -> time < rows().time(number);
  }

  @Override
  boolean isByTime() {
    return true;
  }

  @Override
  boolean isNewestByTime() {
    return true;
  }

  @Override
  boolean arrive(Batch batch, int row, Output output) {
    int window = windowOf(row);
    LeavingRows leaving = leaving();
    if (leaving != null) {
      Timeline timeline = batch.timeline();
      letGoUpTo(batch.reached(row), timeline, true, leaving);
      letGoFor(batch, row, leaving);
      sendLeavingAtMoments(leaving, batch.lateness(), output);
    }
    moveTo(window, reached(batch, row));
    boolean counts = take(batch, row, window, output);
    if (get(window, ID) == 0) {
      windowsMade.set(windowsMade.get() + 1);
      set(window, ID, windowsMade.get());
      addDeadline(window);
    } else if (sendsLeaving
        && rows().size(window) > 0
        && leavesAt(rows().first(window)) < due(window)) {
      addDeadline(window);
    }
    return counts;
  }

  private boolean take(Batch batch, int row, int window, Output output) {
    long rowtime = batch.rowtimes()[row];
    if (rowtime <= TimedRows.gone(time(window), spec.sizeMillis())) {
      output.late(batch, row);
      return false;
    }
    if (rows().size(window) < spec.rows()) {
      return enter(batch, row, -1, output);
    }
    return rowtime < rows().time(rows().first(window))
        || enter(batch, row, rows().first(window), output);
  }

  /** The time to which a row moves its window. */
  private long reached(Batch batch, int row) {
    long time = Math.max(batch.rowtimes()[row], batch.reached(row));
    LongValue shared = now;
    if (shared == null) {
      return time;
    }
    long greatest = Math.max(time, shared.get() ^ Long.MIN_VALUE);
    shared.set(greatest ^ Long.MIN_VALUE);
    return greatest;
  }

  @Override
  public void moveTo(long time) {
    for (int window = 0; window < windows().limit(); window++) {
      if (windows().isUsed(window) && rows().size(window) > 0) {
        moveTo(window, time);
      }
    }
  }

  /** What has become empty is found when the turn ends, unless rows have come into it. */
  @Override
  void end(Batch batch, Output output) {
    for (int i = 0; i < emptied.count(); i++) {
      int window = emptied.get(i);
      if (rows().size(window) == 0) {
        addDeadline(window);
      }
    }
    emptied.clear();
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    super.onTime(domain, timeline, output);
    if (domain == TimeDomain.EVENT) {
      LeavingRows leaving = leaving();
      if (leaving != null) {
        letGoUpTo(timeline.last(), timeline, false, leaving);
        sendLeavingAtMoments(leaving, null, output);
      } else {
        letGoUpTo(timeline.last());
      }
    }
    return false;
  }

  private void letGoUpTo(long watermark) {
    while (deadlines.take(watermark)) {
      int window = deadlines.number();
      if (isFound(window)) {
        moveTo(window, watermark);
        keepOrForget(window, watermark);
      }
    }
  }

  /** Whether the deadline that was taken last is one of a window. */
  private boolean isFound(int window) {
    return windows().isUsed(window) && get(window, ID) == deadlines.id();
  }

  private void keepOrForget(int window, long watermark) {
    if (rows().size(window) == 0 && time(window) <= watermark) {
      forget(window);
    } else {
      addDeadline(window);
    }
  }

  /**
   * Lets rows go at the advances that reach their moments.
   *
   * @param isTaking whether rows are taken, which may be for windows that become empty
   */
  private void letGoUpTo(long watermark, Timeline timeline, boolean isTaking, LeavingRows leaving) {
    while (!deadlines.isEmpty() && deadlines.firstTime() <= watermark) {
      long moment = findNext();
      int position = Timeline.ofAdvance(timeline.firstReaching(moment, 0));
      long due = timeline.momentOfDeadline(moment, position);
      leave(leaving, (to, kind) -> due(to, to.append(moment, position, kind), due));
      for (int i = 0; i < found.count(); i++) {
        keep(found.get(i), watermark, isTaking);
      }
      found.clear();
    }
  }

  private static int due(RowBuffer to, int row, long moment) {
    to.moment(row, moment);
    return row;
  }

  /** Lets rows go whose moments come with the time of a row. */
  private void letGoFor(Batch batch, int row, LeavingRows leaving) {
    while (!deadlines.isEmpty() && deadlines.firstTime() <= batch.rowtimes()[row]) {
      long moment = findNext();
      long due = batch.momentFor(row, moment);
      leave(leaving, (to, kind) -> due(to, to.appendFor(batch, row, moment, kind), due));
      for (int i = 0; i < found.count(); i++) {
        keep(found.get(i), moment, true);
      }
      found.clear();
    }
  }

  private void keep(int window, long watermark, boolean isTaking) {
    if (rows().size(window) > 0 || !isTaking) {
      keepOrForget(window, watermark);
    } else {
      set(window, DUE, Timeline.END ^ Long.MIN_VALUE);
      emptied.add(window);
    }
  }

  /** Takes the rows that leave at a moment out of their windows, and adds what is sent of it. */
  private void leave(LeavingRows leaving, LeavingRows.Cause cause) {
    boolean sendsRows = spec.groups().sendsLeavingRows();
    for (int i = 0; i < leavingRows.count(); i++) {
      int row = leavingRows.get(i);
      int slot = rows().slot(row);
      int group = remove(rows().columns(), slot);
      if (sendsRows) {
        leaving.addRow(rows().columns(), slot, group, cause);
      }
      rows().remove(leavingRows.windowOf(i), row);
      left.add(group);
    }
    leavingRows.clear();
    for (int i = 0; i < left.count(); i++) {
      if (!sendsRows) {
        leaving.addGroup(left.get(i), cause);
      }
      dropIfEmpty(left.get(i));
    }
    left.clear();
  }

  /**
   * Finds the windows of the next moment and the rows that leave them then.
   *
   * @return the moment
   */
  private long findNext() {
    long moment = deadlines.firstTime();
    while (deadlines.take(moment)) {
      int window = deadlines.number();
      if (isFound(window) && due(window) == moment) {
        found.add(window);
      }
    }
    for (int i = 0; i < found.count(); i++) {
      int window = found.get(i);
      set(window, TIME, Math.max(moment, time(window)) ^ Long.MIN_VALUE);
      for (int row = rows().first(window);
          row >= 0 && leavesAt(row) <= moment;
          row = rows().next(row)) {
        leavingRows.add(row, rows().arrival(row), window);
      }
    }
    leavingRows.sort();
    return moment;
  }

  /** When the first row leaves; of a window without rows when the watermark has reached its t. */
  private void addDeadline(int window) {
    long time = rows().size(window) > 0 ? leavesAt(rows().first(window)) : time(window);
    if (sendsLeaving) {
      set(window, DUE, time ^ Long.MIN_VALUE);
    }
    deadlines.add(time, window, get(window, ID));
  }

  private long leavesAt(int row) {
    long time = rows().time(row);
    return time > Timeline.END - spec.sizeMillis() ? Timeline.END : time + spec.sizeMillis();
  }

  private long due(int window) {
    return get(window, DUE) ^ Long.MIN_VALUE;
  }

  private long time(int window) {
    return get(window, TIME) ^ Long.MIN_VALUE;
  }

  private void moveTo(int window, long time) {
    if (time <= time(window)) {
      return;
    }
    set(window, TIME, time ^ Long.MIN_VALUE);
    long gone = TimedRows.gone(time, spec.sizeMillis());
    for (int first = rows().first(window);
        first >= 0 && rows().time(first) <= gone;
        first = rows().first(window)) {
      int group = remove(rows().columns(), rows().slot(first));
      rows().remove(window, first);
      dropIfEmpty(group);
    }
  }
}
