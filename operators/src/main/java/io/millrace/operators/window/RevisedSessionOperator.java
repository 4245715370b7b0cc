package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.window.RevisionSpec.Pane;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions that send more than their last word. One that a row or another session has given other
 * bounds is a new window: its revisions begin anew, and where rows are deleted, what it has sent
 * is.
 *
 * <p>Each session has one entry in the index of deadlines that counts, at its field {@code due}; a
 * session whose next moment has moved back is found when the old one comes, and added again.
 */
final class RevisedSessionOperator extends SessionOperator {
  private final RevisionSpec revisions;
  private final RevisionOutput.Fields sent;
  private final int dueField;
  private RevisionOutput out;

  /** Turned around at {@link Long#MIN_VALUE}, so that at first no time has been reached. */
  private LongValue reached;

  RevisedSessionOperator(RevisedSessionSpec spec, KernelLoader loader) {
    super(spec.sessions(), loader);
    revisions = spec.revisions();
    sent =
        new RevisionOutput.Fields(
            spec.sessions().program(), firstField(), revisions.remembersRows(true));
    dueField = firstField() + sent.types().size();
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    reached = context.state().longValue("reached");
    out = new RevisionOutput(revisions, sent, columns, order, kernel, spec.output(), context);
  }

  @Override
  List<StateType> fields() {
    List<StateType> fields = new ArrayList<>(sent.types());
    fields.add(StateType.of("due", DataType.BIGINT));
    return fields;
  }

  @Override
  boolean sendsAgain() {
    return true;
  }

  @Override
  void flush(Output output) {
    out.flush(output);
  }

  /** Takes rows up to one after which something is due earlier than before. */
  @Override
  int takeRun(Batch batch, int from, int to, Output output) {
    long first = deadlines.firstTime();
    int row = from;
    while (row < to && deadlines.firstTime() >= first) {
      reach(reached(batch, row));
      out.causedBy(batch, row);
      take(batch, row++, output);
    }
    errors.giveTo(output, batch);
    return row;
  }

  @Override
  void begun(int session, long time) {
    out.begin(sessions.table(), slot(session));
    schedule(session);
  }

  /** A row that moves bounds makes a new window of all sessions that it joins. */
  @Override
  void joins(int session, long time, long watermark, Output output) {
    List<Integer> joined = new ArrayList<>();
    for (int one = session; one != Sessions.NONE; ) {
      joined.add(one);
      one = find(sessions.next(one), time, watermark);
    }
    boolean isInside = sessions.start(session) <= time && time <= sessions.last(session);
    if (joined.size() == 1 && isInside) {
      return;
    }
    sort(joined);
    for (int one : joined) {
      long start = sessions.start(one);
      long end = end(sessions.last(one));
      int slot = slot(one);
      if (revisions.deletes() && out.hasSent(sessions.table(), slot)) {
        out.delete(sessions.table(), slot, start, end, output);
      }
      out.begin(sessions.table(), slot(one));
    }
  }

  @Override
  void taken(int session, Output output) {
    if (next(session) < due(session)) {
      schedule(session);
    }
    boolean hasEnded = closing(session) <= time();
    if (revisions.sendsForRow(hasEnded)) {
      send(session, hasEnded ? Pane.LATE : Pane.EARLY, output);
    }
  }

  private void send(int session, Pane pane, Output output) {
    long start = sessions.start(session);
    long end = end(sessions.last(session));
    if (pane == Pane.EARLY && !revisions.sendsForRow(false)) {
      out.sendIfChanged(sessions.table(), slot(session), start, end, pane, output);
    } else {
      out.send(sessions.table(), slot(session), start, end, pane, output);
    }
  }

  private long time() {
    return reached.get() ^ Long.MIN_VALUE;
  }

  /** Notes that all has been dealt with up to a watermark. */
  private void reach(long watermark) {
    if (watermark > time()) {
      reached.set(watermark ^ Long.MIN_VALUE);
    }
  }

  private int slot(int session) {
    return sessions.table().slot(session);
  }

  private long due(int session) {
    int slot = slot(session);
    return ((LongColumn) sessions.table().field(dueField)).values()[slot];
  }

  private void setDue(int session, long time) {
    int slot = slot(session);
    sessions.table().touch(slot);
    ((LongColumn) sessions.table().field(dueField)).values()[slot] = time;
  }

  /** The watermark that has passed the end of a session. */
  private long closing(int session) {
    return plus(end(sessions.last(session)), 1);
  }

  private long next(int session) {
    long last = sessions.last(session);
    return revisions.next(
        sessions.start(session), end(last), closing(session), deadline(last), time());
  }

  private void schedule(int session) {
    long next = next(session);
    setDue(session, next);
    deadlines.add(next, session, sessions.id(session));
  }

  @Override
  long nextDeadline() {
    return deadlines.isEmpty() ? Timeline.END : deadlines.firstTime();
  }

  /** Deals with one moment after the other. */
  @Override
  void close(Timeline timeline, int advance, Output output) {
    long watermark = timeline.before(advance);
    while (!isEmpty() && nextDeadline() <= watermark) {
      long moment = nextDeadline();
      List<Integer> due = takeDue(moment);
      out.at(Timeline.ofAdvance(advance), moment, timeline);
      for (int session : due) {
        if (revisions.sendsWhenDue(closing(session) <= time())) {
          send(session, moment < closing(session) ? Pane.EARLY : Pane.ON_TIME, output);
        }
      }
      reach(moment);
      for (int session : due) {
        if (moment == deadline(sessions.last(session))) {
          sessions.remove(session);
        } else {
          schedule(session);
        }
      }
    }
  }

  /** The sessions of which something is due at the first moment, each once, in order. */
  private List<Integer> takeDue(long moment) {
    List<Integer> due = new ArrayList<>();
    while (deadlines.firstTime() <= moment && deadlines.take(moment)) {
      int session = deadlines.number();
      if (sessions.isThere(session, deadlines.id()) && due(session) == moment) {
        if (next(session) == moment) {
          due.add(session);
          setDue(session, Long.MIN_VALUE);
        } else {
          schedule(session);
        }
      }
    }
    sort(due);
    return due;
  }
}
