package io.millrace.operators.pattern;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Finds a pattern in events. A row first moves the clock to its time, so that deadlines up to it
 * fire, then it is offered to the attempts of its key, in the order in which they began.
 */
final class PatternOperator implements Operator, Expiry.Removal {
  private final PatternSpec spec;
  private final KernelLoader loader;
  private final ProgramLayout layout;
  private final PatternEvent event;
  private final Candidates candidates = new Candidates();
  private final Candidates due = new Candidates();
  private AttemptTable table;
  private Attempts attempts;
  private Offers offers;
  private Decisions decisions;
  private MatchRows out;

  /** How many events have come. */
  private LongValue events;

  /** The greatest time of any event, turned around at {@link Long#MIN_VALUE}. */
  private LongValue clock;

  /** Before which position nothing may be sent any more in this turn. */
  private int floor;

  PatternOperator(PatternSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.layout = new ProgramLayout(spec.program(), spec.variables().size());
    this.event = new PatternEvent(spec.keys());
  }

  @Override
  public void open(OperatorContext context) {
    table = new AttemptTable(spec, layout, context, loader);
    events = context.state().longValue("events");
    clock = context.state().longValue("clock");
    out = new MatchRows(spec, table, event, context);
    attempts = new Attempts(spec, layout, table, event, out);
    offers = new Offers(spec, layout, table, event, loader, context);
    decisions = new Decisions(layout, table, attempts, offers, event);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    long before = events.get();
    event.of(batch);
    offers.of(batch);
    table.kept().of(batch, before);
    for (int row = 0; row < batch.size(); row++) {
      event.at(row, before + row + 1);
      moveToEvent(batch.timeline(), output);
      table.keys().expireBefore(event, this);
      take(output);
      fireBehindEvent(batch.timeline(), output);
    }
    events.set(before + batch.size());
    out.flush(output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      moveTo(timeline.last(), timeline, timeline.length(), output);
      table.keys().expireAll(timeline, this);
      floor = 0;
      out.flush(output);
    }
    return false;
  }

  private void fail(Output output) {
    output.fail(spec.shown(event.batch(), event.row()), event.row(), offers.error());
  }

  /** Deals with the event. */
  private void take(Output output) {
    long fits = offers.fits(event.row());
    if (fits == 0 && !layout.hasStrict() && !layout.beginsByClock) {
      table.keys().touch(event);
      return;
    }
    int key = table.keys().find(event);
    boolean isNew = key == Chain.NONE && layout.beginsByClock;
    if (isNew) {
      key = table.keys().make(event);
      attempts.beginByClock(key, event.time());
    }
    candidates.clear();
    if (key != Chain.NONE) {
      table.addOpen(key, fits, offers.fails(event.row()), event, candidates);
      table.addWaiting(fits, event, candidates);
    }
    candidates.arrange();
    boolean mayBegin = attempts.mayBegin(key);
    boolean isAlone = candidates.size() == 0;
    if (isAlone && !mayBegin) {
      leave(key);
      return;
    }
    if (!decisions.decide(candidates, 0, mayBegin)) {
      fail(output);
      if (isNew) {
        attempts.forget(key);
      } else {
        leave(key);
      }
      return;
    }
    if (!isAlone || decisions.taken(0) >= 0) {
      attempts.beginEvent();
      key = goOn(key, output);
    }
    leave(key);
  }

  /** Notes that an event has touched its key, of which nothing may be known any more. */
  private void leave(int key) {
    if (key != Chain.NONE && !table.keys().dropEmpty(key)) {
      table.keys().touch(key, event);
    }
  }

  /** An attempt is needed that has taken something, or has a deadline. */
  @Override
  public boolean isHeld(int slot) {
    return attempts.areOnTheirWay(table.keys().table().number(slot));
  }

  @Override
  public void expire(int slot, long time, int code) {
    attempts.removeAll(table.keys().table().number(slot));
  }

  /**
   * Lets attempts go on as it has been decided. Where a match drops others, what the event is to
   * those behind it is decided once more: a repeat that is gone takes no event.
   *
   * @return the event's key, or {@link Chain#NONE} if nothing is known of it
   */
  private int goOn(int key, Output output) {
    int count = candidates.size();
    for (int i = 0; i < count; i++) {
      if (!decisions.concerns(i) || !table.isThere(candidates.number(i), candidates.id(i))) {
        continue;
      }
      attempts.offer(
          candidates.number(i),
          decisions.taken(i),
          decisions.broken(i),
          decisions.takenAgain(i),
          output);
      if (attempts.takeSkipped()
          && !decisions.decide(candidates, i + 1, attempts.mayStillBegin(key))) {
        fail(output);
        return key;
      }
    }
    int variable = decisions.taken(count);
    return variable < 0 ? key : attempts.begin(key, variable, output);
  }

  /** Moves the clock to what time has reached before the event, then to its own time. */
  private void moveToEvent(Timeline timeline, Output output) {
    // The advance that has brought the event about counts, too: up to the event's moment.
    int seen = event.position() >> 1;
    moveTo(event.batch().reached(event.row()), timeline, seen, output);
    floor = Math.max(floor, event.position());
    if (!spec.isSorted() && event.time() > time()) {
      clock.set(event.time() ^ Long.MIN_VALUE);
    }
    fireUpTo(spec.isSorted() ? event.time() : time(), timeline, -1, output);
    floor += floor & 1; // what is due next comes at an advance behind the event
  }

  /**
   * Fires what the event has begun though time is behind it already. Where an advance has brought
   * the event about, others of that advance come behind it, each at its moment.
   */
  private void fireBehindEvent(Timeline timeline, Output output) {
    boolean isOfAdvance = (event.position() & 1) == 0;
    if (isOfAdvance && !spec.isSorted()) {
      long reached = event.batch().reached(event.row());
      fireUpTo(Math.max(reached, time()), timeline, -1, output);
    }
  }

  /** The greatest time of any event. */
  private long time() {
    return clock.get() ^ Long.MIN_VALUE;
  }

  /**
   * Moves the clock to a watermark.
   *
   * @param last the advance at which that is reached
   */
  private void moveTo(long watermark, Timeline timeline, int last, Output output) {
    if (spec.keys().isEmpty() && layout.beginsByClock) {
      beginFirst(watermark, timeline);
    }
    fireUpTo(spec.isSorted() ? watermark : Math.max(watermark, time()), timeline, last, output);
  }

  /** Where there is one key, it has an attempt as soon as there is a time. */
  private void beginFirst(long watermark, Timeline timeline) {
    if (watermark != Timeline.NEVER && watermark != Timeline.END && table.keys().isEmpty()) {
      int first = timeline.firstReaching(Timeline.NEVER + 1, 0);
      attempts.beginByClock(table.keys().only(), timeline.before(first));
    }
  }

  /**
   * Fires all deadlines up to a time. Those that come about at the end of the input only are not
   * waited for.
   *
   * @param last the advance up to which the watermark reaches them; what it does not reach by then,
   *     the event does that is dealt with
   */
  private void fireUpTo(long time, Timeline timeline, int last, Output output) {
    if (table.firstDeadline() > time) {
      return;
    }
    long begun = table.begun();
    while (table.firstDeadline() <= time && table.firstDeadline() != Attempt.NONE) {
      long deadline = table.firstDeadline();
      int advance = timeline.firstReaching(deadline, 0);
      int position = advance > last ? floor : Math.max(floor, Timeline.ofAdvance(advance));
      boolean isOfEvent = last < 0;
      long moment =
          isOfEvent
              ? event.batch().momentFor(event.row(), deadline)
              : timeline.momentOfDeadline(deadline, position);
      due.clear();
      table.takeDue(deadline, due);
      due.arrange();
      for (int i = 0; i < due.size(); i++) {
        boolean isNew = time == Timeline.END && due.id(i) > begun;
        if (!isNew && table.isThere(due.number(i), due.id(i))) {
          attempts.fire(due.number(i), deadline, position, moment, output);
        }
      }
    }
  }
}
