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
  private Deadlines deadlines;

  TimeLengthWindowOperator(TimeLengthWindowSpec spec, KernelLoader loader) {
    super(spec.groups(), List.of(), loader);
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    windowsMade = context.state().longValue("windows_made");
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
  void arrive(Batch batch, int row, Output output) {
    int window = windowOf(row);
    long rowtime = batch.rowtimes()[row];
    moveTo(window, Math.max(rowtime, RowRuns.watermark(batch, batch.timeline(), row)));
    if (rowtime <= TimedRows.gone(time(window), spec.sizeMillis())) {
      output.late(batch, row);
    } else if (rows().size(window) < spec.rows()) {
      enter(batch, row, -1, output);
    } else if (rowtime >= rows().time(rows().first(window))) {
      enter(batch, row, rows().first(window), output);
    }
    if (field(ID)[window] == 0) {
      windowsMade.set(windowsMade.get() + 1);
      field(ID)[window] = windowsMade.get();
      addDeadline(window);
    }
  }

  @Override
  void end(Batch batch) {}

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
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
