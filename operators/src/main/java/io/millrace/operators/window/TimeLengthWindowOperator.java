package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows of the last rows of a time span: of the rows with {@code t - size < rowtime <= t} so many
 * at most, those of the greatest times. As in {@link TimeWindowOperator}, t is the greatest time so
 * far, here of the window's own rows or of the watermark.
 *
 * <p>A window is found again when the watermark may have let all of its rows go, and is forgotten
 * then, unless its t is still ahead of the watermark.
 */
final class TimeLengthWindowOperator extends OrderedWindowOperator {
  /** Turned around at {@link Long#MIN_VALUE}, so that at first there is no time. */
  private static final int TIME = 0;

  /** Tells a window from others that have used its slot; 0 before it has a deadline. */
  private static final int ID = 1;

  private final TimeLengthWindowSpec spec;
  private LongValue windowsMade;

  /** The greatest time of all rows, turned around alike, where windows share it. */
  private @Nullable LongValue now;

  private Deadlines deadlines;

  TimeLengthWindowOperator(TimeLengthWindowSpec spec, KernelLoader loader) {
    super(spec.groups(), List.of(), loader);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    windowsMade = context.state().longValue("windows_made");
    now = spec.rows() == TimeLengthWindowSpec.ALL ? context.state().longValue("now") : null;
    deadlines = new Deadlines(context.state(), "windows", context.outputTimeline());
  }

  @Override
  List<StateType> furtherFields() {
    return List.of(StateType.of("time", DataType.BIGINT), StateType.of("id", DataType.BIGINT));
  }

  @Override
  OrderedRows.Order order() {
    return (source, row, time, slot) -> time < rows().time(slot);
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
    moveTo(window, reached(batch, row));
    boolean counts = take(batch, row, window, output);
    if (field(ID)[window] == 0) {
      windowsMade.set(windowsMade.get() + 1);
      field(ID)[window] = windowsMade.get();
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
    long time = Math.max(batch.rowtimes()[row], RowRuns.watermark(batch, batch.timeline(), row));
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
        windows().touch(window);
        moveTo(window, time);
      }
    }
  }

  @Override
  void end(Batch batch, Output output) {}

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    super.onTime(domain, timeline, output);
    if (domain == TimeDomain.EVENT) {
      while (deadlines.take(timeline.last())) {
        int window = deadlines.slot();
        if (windows().isUsed(window) && field(ID)[window] == deadlines.id()) {
          windows().touch(window);
          letGo(window, timeline.last());
        }
      }
    }
    return false;
  }

  private void letGo(int window, long watermark) {
    moveTo(window, watermark);
    if (rows().size(window) == 0 && time(window) <= watermark) {
      windows().remove(window);
    } else {
      addDeadline(window);
    }
  }

  /** When the first row leaves; of a window without rows when the watermark has reached its t. */
  private void addDeadline(int window) {
    long time = time(window);
    if (rows().size(window) > 0) {
      long first = rows().time(rows().first(window));
      time = first > Timeline.END - spec.sizeMillis() ? Timeline.END : first + spec.sizeMillis();
    }
    deadlines.add(time, window, field(ID)[window]);
  }

  private long time(int window) {
    return field(TIME)[window] ^ Long.MIN_VALUE;
  }

  private void moveTo(int window, long time) {
    if (time <= time(window)) {
      return;
    }
    field(TIME)[window] = time ^ Long.MIN_VALUE;
    long gone = TimedRows.gone(time, spec.sizeMillis());
    for (int first = rows().first(window);
        first >= 0 && rows().time(first) <= gone;
        first = rows().first(window)) {
      int group = remove(rows().columns(), first);
      rows().remove(window, first);
      dropIfEmpty(group);
    }
  }
}
