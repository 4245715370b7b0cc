package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.MergingKernel;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sessions: a row joins those of its group that are no more than the gap away, which become one, or
 * begins one. What is sent of them, and when, subclasses say.
 */
abstract class SessionOperator extends ClosingOperator {
  final SessionWindowSpec spec;
  final GroupOrder order;
  final GroupColumns columns;
  final RowErrors errors = new RowErrors();

  /** A session with what its place among those that are sent depends on. */
  private record Due(int session, long last, long start, GroupOrder.Place first) {
    static final Comparator<Due> ORDER =
        Comparator.comparingLong(Due::last).thenComparingLong(Due::start).thenComparing(Due::first);
  }

  private final KernelLoader loader;
  private final int orderField;
  Sessions sessions;
  Deadlines deadlines;
  MergingKernel kernel;
  private int[] slots = new int[0];
  private final int[] source = new int[1];
  private final int[] target = new int[1];

  SessionOperator(SessionWindowSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.orderField = spec.program().fields().size();
    this.order = new GroupOrder(orderField);
    this.columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
  }

  /** The index of the first of {@link #fields} in the table of sessions. */
  final int firstField() {
    return orderField + GroupOrder.FIELDS.size();
  }

  /** What is kept of each session beside its aggregates and its bounds. */
  abstract List<StateType> fields();

  /**
   * Says that a row has begun a session.
   *
   * @param session its number
   */
  abstract void begun(int session, long time);

  /**
   * Says that a session has taken a row, which has not moved its bounds yet.
   *
   * @param watermark by which sessions are past
   */
  abstract void joins(int session, long time, long watermark, Output output);

  /** Says that a session has taken a row and has the bounds that come of it. */
  abstract void taken(int session, Output output);

  @Override
  public void open(OperatorContext context) {
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    fields.addAll(fields());
    sessions =
        new Sessions(
            context.state(),
            spec.keys().stream().map(spec.input()::type).toList(),
            spec.keys(),
            fields);
    deadlines = new Deadlines(context.state(), "sessions", context.outputTimeline());
    kernel = (MergingKernel) loader.load(spec.program().kernel(), context.evaluation());
  }

  @Override
  void begin(Batch batch) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    columns.of(batch);
  }

  @Override
  final void beginTurn(long base) {
    order.beginTurn(base);
  }

  @Override
  boolean isEmpty() {
    return deadlines.isEmpty();
  }

  /** Takes a row. */
  final void take(Batch batch, int row, Output output) {
    long time = batch.rowtimes()[row];
    long watermark = batch.seen(row);
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
    slots[row] = sessions.table().slot(session);
    sessions.table().touch(slots[row]);
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
      begun(session, time);
    } else {
      joins(session, time, watermark, output);
      join(session, time, watermark);
    }
    taken(session, output);
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
      merge(other, session);
      sessions.extend(session, sessions.start(other), sessions.last(other));
      sessions.remove(other);
      other = next;
    }
  }

  /** Adds what a session has aggregated to another one. */
  private void merge(int session, int into) {
    SlotTable table = sessions.table();
    source[0] = table.slot(session);
    target[0] = table.slot(into);
    table.touch(source[0]);
    table.touch(target[0]);
    kernel.bind(table);
    kernel.merge(table, source, target, 1);
    order.merge(table, table, source, target, 1);
  }

  /** The first session of a list, from {@code session} on, that a row of a time joins. */
  final int find(int session, long time, long watermark) {
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

  static long plus(long time, long millis) {
    return time > Long.MAX_VALUE - millis ? Long.MAX_VALUE : time + millis;
  }

  /** Where a session whose last row is of a time ends. */
  final long end(long last) {
    return plus(last, spec.gapMillis());
  }

  /** The watermark at which such a session takes no more rows. */
  final long deadline(long last) {
    return plus(plus(end(last), spec.graceMillis()), 1);
  }

  /** Puts sessions in the order in which they are sent: by their ends, starts, first rows. */
  final void sort(List<Integer> due) {
    List<Due> ordered = new ArrayList<>(due.size());
    for (int session : due) {
      int slot = sessions.table().slot(session);
      GroupOrder.Place first = order.place(sessions.table(), slot);
      ordered.add(new Due(session, sessions.last(session), sessions.start(session), first));
    }
    ordered.sort(Due.ORDER);
    for (int i = 0; i < ordered.size(); i++) {
      due.set(i, ordered.get(i).session);
    }
  }
}
