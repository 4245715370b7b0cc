package io.millrace.operators.window;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions that are sent when the watermark has passed their last row by gap and grace: a row
 * exactly a gap behind it would still join.
 */
final class SessionWindowOperator extends SessionOperator {
  private WindowOutput out;

  SessionWindowOperator(SessionWindowSpec spec, KernelLoader loader) {
    super(spec, loader);
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    out = new WindowOutput(spec.output(), columns, order, kernel, NewestRows.none(), context);
  }

  @Override
  List<StateType> fields() {
    return List.of();
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

  @Override
  void begun(int session, long time) {
    deadlines.add(time, session, sessions.id(session));
  }

  @Override
  void joins(int session, long time, long watermark, Output output) {}

  @Override
  void taken(int session, Output output) {}

  @Override
  long nextDeadline() {
    return deadlines.isEmpty() ? Timeline.END : deadline(deadlines.firstTime());
  }

  /** Sends the sessions that are due at an advance. */
  @Override
  void close(Timeline timeline, int advance, Output output) {
    long reached = timeline.before(advance);
    List<Integer> due = new ArrayList<>();
    while (nextDeadline() <= reached && deadlines.take(deadlines.firstTime())) {
      int session = deadlines.number();
      if (sessions.isThere(session, deadlines.id())) {
        if (deadline(sessions.last(session)) <= reached) {
          due.add(session);
        } else {
          deadlines.add(sessions.last(session), session, deadlines.id());
        }
      }
    }
    sort(due);
    for (int session : due) {
      long end = end(sessions.last(session));
      long start = sessions.start(session);
      out.at(Timeline.ofAdvance(advance), deadline(sessions.last(session)), timeline);
      out.sendOne(sessions.table(), session, start, end, output);
      sessions.remove(session);
    }
  }
}
