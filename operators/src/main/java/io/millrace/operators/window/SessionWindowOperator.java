package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.MergingKernel;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sessions: a row joins those of its group that are no more than the gap away, which become one, or
 * begins one. A session is sent when the watermark has passed its last row by gap and grace: a row
 * exactly a gap behind it would still join.
 */
final class SessionWindowOperator extends ClosingOperator {
  private final SessionWindowSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final GroupOrder order;
  private final int orderField;
  private Sessions sessions;
  private Deadlines deadlines;
  private MergingKernel kernel;
  private GroupColumns columns;
  private WindowOutput out;
  private int[] slots = new int[0];
  private final int[] merged = new int[1];

  SessionWindowOperator(SessionWindowSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.orderField = spec.program().fields().size();
    this.order = new GroupOrder(orderField);
  }

  @Override
  public void open(OperatorContext context) {
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    sessions =
        new Sessions(
            context.state(),
            spec.keys().stream().map(spec.input()::type).toList(),
            spec.keys(),
            fields);
    deadlines = new Deadlines(context.state(), "sessions", context.outputTimeline());
    kernel = (MergingKernel) loader.load(spec.program().kernel(), context.evaluation());
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
    out = new WindowOutput(spec.output(), columns, order, kernel, NewestRows.none(), context);
  }

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    columns.of(batch);
  }

  @Override
  boolean isEmpty() {
    return deadlines.isEmpty();
  }

  @Override
  void flush(Output output) {
    out.flush(output);
  }

  /** Takes rows up to one after which a session is due earlier than before. */
  @Override
  int takeRun(Batch batch, int from, int to, Output output) {
    long first = deadlines.firstTime();
    int row = from;
    while (row < to && deadlines.firstTime() >= first) {
      take(batch, row++, output);
    }
    errors.giveTo(output, batch);
    return row;
  }

  private void take(Batch batch, int row, Output output) {
    long time = batch.rowtimes()[row];
    long watermark = RowRuns.watermark(batch, batch.lateness(), row);
    int group = sessions.group(columns.keys(), row);
    int session = find(sessions.first(group), time, watermark);
    boolean isNew = session == Sessions.NONE;
    if (isNew && isPast(time, watermark)) {
      sessions.removeIfEmpty(group);
      output.late(batch, row);
      return;
    }
    if (isNew) {
      session = sessions.open(group, columns.keys(), row, time);
    }
    slots[row] = session;
    kernel.bind(sessions.table());
    int failed = errors.size();
    kernel.add(columns.arguments(), row, row + 1, slots, errors);
    if (errors.size() > failed) {
      if (isNew) {
        sessions.remove(session);
      }
      return;
    }
    noteOrder(batch, row, isNew);
    if (isNew) {
      deadlines.add(time, session, sessions.id(session));
    } else {
      join(session, time, watermark);
    }
  }

  /** A slot that is used again has the order of nobody. */
  private void noteOrder(Batch batch, int row, boolean isNew) {
    if (isNew) {
      order.begin(sessions.table(), slots[row]);
    }
    order.note(sessions.table(), batch, row, row + 1, slots, errors);
  }

  /** Takes a row's time into a session, and all sessions that it reaches by it. */
  private void join(int session, long time, long watermark) {
    sessions.extend(session, time, time);
    for (int other = find(sessions.next(session), time, watermark); other != Sessions.NONE; ) {
      int next = find(sessions.next(other), time, watermark);
      merged[0] = other;
      kernel.merge(sessions.table(), merged, sessions.one(session), 1);
      order.merge(sessions.table(), sessions.table(), merged, sessions.one(session), 1);
      sessions.extend(session, sessions.start(other), sessions.last(other));
      sessions.remove(other);
      other = next;
    }
  }

  /** The first session of a list, from {@code session} on, that a row of a time joins. */
  private int find(int session, long time, long watermark) {
    int found = session;
    while (found != Sessions.NONE
        && (plus(time, spec.gapMillis()) < sessions.start(found)
            || plus(sessions.last(found), spec.gapMillis()) < time
            || isPast(sessions.last(found), watermark))) {
      found = sessions.next(found);
    }
    return found;
  }

  /** Whether a session whose last row is of a time takes no more rows. */
  private boolean isPast(long last, long watermark) {
    return plus(plus(last, spec.gapMillis()), spec.graceMillis()) < watermark;
  }

  private static long plus(long time, long millis) {
    return time > Long.MAX_VALUE - millis ? Long.MAX_VALUE : time + millis;
  }

  private long deadline(long last) {
    return plus(plus(plus(last, spec.gapMillis()), spec.graceMillis()), 1);
  }

  @Override
  long nextDeadline() {
    return deadlines.isEmpty() ? Timeline.END : deadline(deadlines.firstTime());
  }

  /** Sends the sessions that are due at an advance, by their ends, then their starts. */
  @Override
  void close(Timeline timeline, int advance, Output output) {
    long reached = timeline.before(advance);
    List<Integer> due = new ArrayList<>();
    while (nextDeadline() <= reached && deadlines.take(deadlines.firstTime())) {
      int session = deadlines.slot();
      if (sessions.isThere(session, deadlines.id())) {
        if (deadline(sessions.last(session)) <= reached) {
          due.add(session);
        } else {
          deadlines.add(sessions.last(session), session, deadlines.id());
        }
      }
    }
    long[] times = ((LongColumn) sessions.table().field(orderField)).values();
    long[] causes = ((LongColumn) sessions.table().field(orderField + 1)).values();
    due.sort(
        Comparator.<Integer>comparingLong(sessions::last)
            .thenComparingLong(sessions::start)
            .thenComparingLong(session -> times[session])
            .thenComparingLong(session -> causes[session]));
    for (int session : due) {
      long end = plus(sessions.last(session), spec.gapMillis());
      long start = sessions.start(session);
      out.sendOne(sessions.table(), session, start, end, Timeline.ofAdvance(advance), output);
      sessions.remove(session);
    }
  }
}
