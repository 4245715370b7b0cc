package io.millrace.operators.pattern;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.pattern.PatternSpec.SkipMode;
import io.millrace.operators.window.RowRuns;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a pattern in events. A row first moves the clock to its time, so that deadlines up to it
 * fire, then it is offered to the attempts of its key, in the order in which they began. First it
 * is found for all of them what the event is to each; if that fails for one, the event changes
 * nothing. Then they go on.
 *
 * <p>An attempt that has taken nothing is not kept: a flag of the key says that there is none,
 * since the last one is on its way, or has matched. But where time alone may complete what the
 * pattern begins with, it is an attempt like any other, from the key's first event on.
 */
final class PatternOperator implements Operator {
  /** Of a key: that no attempt is to be begun with the next event. */
  private static final long AWAY = 1;

  /** Of a key: that a pattern that matches once has matched. */
  private static final long MATCHED = 2;

  private final PatternSpec spec;
  private final KernelLoader loader;
  private final ProgramLayout layout;
  private final Matcher matcher;
  private final Column[] keys;
  private final Attempt current;
  private final Attempt spawned;
  private final Attempt trial;
  private final Candidates candidates = new Candidates();
  private final Candidates due = new Candidates();
  private AttemptTable table;
  private Offers offers;
  private MatchRows out;

  /** How many events have come. */
  private LongValue events;

  /** The greatest time of any event, turned around at {@link Long#MIN_VALUE}. */
  private LongValue clock;

  private int[] room = new int[0];

  /** By candidate what the event is to it, and to it once it has begun again. */
  private int[] takes = new int[16];

  private long[] breaks = new long[16];
  private int[] retakes = new int[16];

  /** By EVERY of a repeated first element, the first event of the attempt that took the event. */
  private final long[] takenBy;

  /** Below no position may be sent any more in this turn. */
  private int floor;

  // The event that is dealt with.

  private Batch batch;
  private int row;
  private long number;

  /** The number before which no attempt may have begun, since another one has matched. */
  private long skipped;

  PatternOperator(PatternSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.layout = new ProgramLayout(spec.program(), spec.variables().size());
    this.matcher = new Matcher(layout, this::spawn);
    this.keys = new Column[spec.keys().size()];
    this.current = new Attempt(layout);
    this.spawned = new Attempt(layout);
    this.trial = new Attempt(layout);
    this.takenBy = new long[layout.size()];
  }

  @Override
  public void open(OperatorContext context) {
    table = new AttemptTable(spec, layout, context, loader);
    events = context.state().longValue("events");
    clock = context.state().longValue("clock");
    List<Field> fields = new ArrayList<>(spec.input().fields());
    for (int i = spec.keys().size(); i < spec.output().size(); i++) {
      fields.add(new Field("kept" + fields.size(), spec.output().type(i)));
    }
    offers =
        new Offers(
            spec,
            layout,
            table,
            new Schema(fields),
            loader,
            context.evaluation(),
            context.outputTimeline());
    out = new MatchRows(spec, table, context);
  }

  @Override
  public void process(int input, Batch rows, Output output) {
    batch = rows;
    if (room.length < rows.size()) {
      room = new int[rows.size()];
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = rows.column(spec.keys().get(i));
    }
    offers.of(rows);
    table.kept().of(rows, events.get());
    long before = events.get();
    for (row = 0; row < rows.size(); row++) {
      number = before + row + 1;
      long time = rows.rowtimes()[row];
      int seen = Timeline.lastAdvanceBefore(rows.position(row));
      moveTo(RowRuns.watermark(rows, rows.timeline(), row), rows.timeline(), seen, output);
      moveToEvent(time, output);
      floor = rows.position(row) + (rows.position(row) & 1);
      take(time, output);
    }
    events.set(before + rows.size());
    out.flush(output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      moveTo(timeline.last(), timeline, timeline.length(), output);
      floor = 0;
      out.flush(output);
    }
    return false;
  }

  // Events.

  /** Deals with an event. */
  private void take(long time, Output output) {
    long fits = offers.fits(row);
    if (fits == 0 && !layout.hasStrict() && !layout.beginsByClock) {
      return;
    }
    int key = table.findKey(keys, row);
    if (key == Chain.NONE && layout.beginsByClock) {
      key = table.makeKey(keys, row, room);
      beginByClock(key, time);
    }
    skipped = 0;
    candidates.clear();
    if (key != Chain.NONE) {
      table.addOpen(key, candidates);
      table.addWaiting(fits, keys, batch, row, candidates);
    }
    boolean isNewWanted = !layout.beginsByClock && (key == Chain.NONE || !table.is(key, AWAY));
    if (!decide(time, isNewWanted, output)) {
      return;
    }
    int fresh = takes[candidates.size()];
    for (int i = 0; i < candidates.size(); i++) {
      if (table.isThere(candidates.number(i), candidates.id(i))) {
        table.load(current, candidates.number(i));
        goOn(key, takes[i], breaks[i], retakes[i], time, output);
      }
    }
    if (fresh >= 0 && number >= skipped) {
      key = begin(key, fresh, time, output);
    }
    if (key != Chain.NONE) {
      table.dropEmpty(key);
    }
  }

  /**
   * Finds out what the event is to each candidate, and to an attempt that begins with it, behind
   * them. Nothing changes.
   *
   * @return whether that could be said; else the event has been given away
   */
  private boolean decide(long time, boolean isNewWanted, Output output) {
    int count = candidates.size();
    ensureRoom(count + 1);
    Arrays.fill(takenBy, 0);
    boolean begins = isNewWanted;
    for (int i = 0; i < count; i++) {
      table.load(current, candidates.number(i));
      takes[i] = offers.offer(current, row, suppressed(current));
      breaks[i] = offers.broken();
      retakes[i] = Offers.NONE;
      if (takes[i] == Offers.FAILED) {
        output.fail(batch, row, offers.error());
        return false;
      }
      if (takes[i] >= 0) {
        noteRepeat(takes[i]);
      } else if ((current.flags & layout.strict) != 0) {
        trial.copyOf(current);
        trial.number = current.number;
        matcher.pass(trial, time);
        begins |= trial.isFailed && trial.isBroken && beginsAgain(i);
        if (!trial.isFailed && trial.isBroken && trial.hasBegunAgain) {
          retakes[i] = offers.offer(trial, row, 0);
          if (retakes[i] == Offers.FAILED) {
            output.fail(batch, row, offers.error());
            return false;
          }
        }
      }
    }
    takes[count] = Offers.NONE;
    breaks[count] = 0;
    if (begins) {
      trial.clear();
      matcher.begin(trial, time);
      takes[count] = offers.offer(trial, row, suppressed(trial));
      if (takes[count] == Offers.FAILED) {
        output.fail(batch, row, offers.error());
        return false;
      }
    }
    return true;
  }

  /** Whether an attempt that is tried and fails is followed by another one. */
  private boolean beginsAgain(int candidate) {
    int key = table.keyOf(candidates.number(candidate));
    return !layout.beginsByClock
        && isOver(trial)
        && (layout.leadingEvery != ProgramLayout.NONE
            || (!table.is(key, MATCHED) && table.count(key) == 1));
  }

  private void ensureRoom(int count) {
    if (takes.length < count) {
      takes = Arrays.copyOf(takes, 2 * count);
      breaks = Arrays.copyOf(breaks, 2 * count);
      retakes = Arrays.copyOf(retakes, 2 * count);
    }
  }

  /** Notes that a repeat with which an EVERY begins has taken the event. */
  private void noteRepeat(int variable) {
    int every = layout.repeatedFirst[variable];
    if (every != ProgramLayout.NONE && (current.taken >>> variable & 1) != 0) {
      takenBy[every] = current.first;
    }
  }

  /** The variables that the event must not fill, since a repeat has taken it. */
  private long suppressed(Attempt attempt) {
    long variables = 0;
    for (int every = 0; every < takenBy.length; every++) {
      boolean isOther =
          takenBy[every] != 0
              && (attempt.taken & layout.inside[every]) == 0
              && (attempt.first == 0 || attempt.first == takenBy[every]);
      for (int i = 0; i < layout.repeatedFirst.length && isOther; i++) {
        variables |= layout.repeatedFirst[i] == every ? 1L << i : 0;
      }
    }
    return variables;
  }

  /** Lets the attempt that is loaded take the event, or pass it. */
  private void goOn(int key, int variable, long broken, int retake, long time, Output output) {
    if (variable >= 0) {
      takeBack(output);
      fill(variable, time);
    } else {
      matcher.pass(current, time);
    }
    if (!current.isMatched && !current.isFailed && broken != 0) {
      matcher.forbid(current, broken, time);
    }
    if (!current.isMatched && !current.isFailed && retake >= 0) {
      table.save(current);
      table.load(current, current.number);
      fill(retake, time);
    }
    conclude(key, output);
  }

  /** Begins an attempt with the event, and gives its key. */
  private int begin(int knownKey, int variable, long time, Output output) {
    int key = knownKey == Chain.NONE ? table.makeKey(keys, row, room) : knownKey;
    table.set(key, AWAY, true);
    current.clear();
    matcher.begin(current, time);
    current.entered = 0;
    current.flagged = 0;
    table.create(current, key);
    fill(variable, time);
    conclude(key, output);
    return key;
  }

  /** Gives the event to a variable of the attempt that is loaded. */
  private void fill(int variable, long time) {
    if (current.first == 0) {
      current.first = number;
      current.firstTime = time;
      current.firstCause = batch.cause(row);
    }
    boolean isTarget =
        spec.skip().variable() == variable
            && (spec.skip().mode() == SkipMode.TO_LAST
                || (spec.skip().mode() == SkipMode.TO_FIRST
                    && (current.taken >>> variable & 1) == 0));
    if (isTarget) {
      current.target = number;
    }
    table.add(variable, current.number, row);
    matcher.take(current, variable, time);
  }

  /** Does what follows from what has become of the attempt that is loaded, because of the event. */
  private void conclude(int key, Output output) {
    if (current.isMatched) {
      if ((current.flags & ProgramLayout.SENT) == 0) {
        out.send(current, batch, row, RowKind.INSERT, output);
      }
      end(key, batch.rowtimes()[row]);
    } else if (current.isFailed) {
      takeBack(output);
      drop(key, batch.rowtimes()[row]);
    } else if (isSentNow(current)) {
      current.flags |= ProgramLayout.SENT;
      table.save(current);
      out.send(current, batch, row, RowKind.INSERT, output);
    } else {
      table.save(current);
    }
  }

  /** Whether only time can still break a match that is to be sent then. */
  private boolean isSentNow(Attempt attempt) {
    return spec.early() != PatternSpec.Early.NO
        && layout.lastAbsence != ProgramLayout.NONE
        && (attempt.flags & ProgramLayout.SENT) == 0
        && (attempt.waits & layout.inside[layout.lastAbsence]) != 0;
  }

  /** Takes a match back that has been sent, because of the event. */
  private void takeBack(Output output) {
    if ((current.flags & ProgramLayout.SENT) != 0) {
      current.flags &= ~ProgramLayout.SENT;
      if (spec.early() == PatternSpec.Early.SENT_AND_RETRACTED) {
        out.send(current, batch, row, RowKind.DELETE, output);
      }
    }
  }

  // What becomes of attempts.

  /** Ends the attempt that is loaded, which has matched. */
  private void end(int key, long time) {
    if (layout.leadingEvery == ProgramLayout.NONE) {
      table.set(key, MATCHED, true);
    }
    long first = current.first;
    long target =
        switch (spec.skip().mode()) {
          case NONE -> 0;
          case PAST_LAST_ROW -> Long.MAX_VALUE;
          case TO_NEXT_ROW -> first + 1;
          case TO_FIRST, TO_LAST -> current.target;
        };
    table.remove(current.number);
    skipped = Math.max(skipped, target);
    if (target > 0) {
      skipTo(key, target, time);
    }
  }

  private void skipTo(int key, long target, long time) {
    Candidates all = table.addAll(key, new Candidates());
    for (int i = 0; i < all.size(); i++) {
      long first = table.first(all.number(i));
      if (first > 0 && first < target) {
        table.load(current, all.number(i));
        drop(key, time);
      }
    }
  }

  /** Removes the attempt that is loaded, which has failed; another one begins, if need be. */
  private void drop(int key, long time) {
    boolean begins = isOver(current);
    table.remove(current.number);
    if (!begins) {
      return;
    }
    if (layout.leadingEvery == ProgramLayout.NONE
        && (table.is(key, MATCHED) || table.count(key) > 0)) {
      return;
    }
    table.set(key, AWAY, false);
    if (layout.beginsByClock) {
      beginByClock(key, time);
    }
  }

  /** Whether no other attempt goes on in place of one that has failed. */
  private boolean isOver(Attempt attempt) {
    return (attempt.flags & layout.everies) == 0;
  }

  /** Begins an attempt that time alone may bring on. */
  private void beginByClock(int key, long time) {
    table.set(key, AWAY, true);
    spawned.clear();
    matcher.begin(spawned, time);
    table.create(spawned, key);
    table.save(spawned);
  }

  /** Begins another attempt at an EVERY that the attempt that is loaded has completed. */
  private void spawn(Attempt attempt, int every, long time) {
    int key = table.keyOf(attempt.number);
    if (every == layout.leadingEvery && !layout.beginsByClock) {
      table.set(key, AWAY, false);
      return;
    }
    spawned.copyOf(attempt);
    matcher.beginAgain(spawned, every, time);
    if (spawned.taken == 0) {
      spawned.first = 0;
      spawned.firstTime = 0;
      spawned.firstCause = 0;
      spawned.target = 0;
    }
    table.create(spawned, key);
    table.copyKept(attempt.number, spawned.number);
    table.save(spawned);
  }

  // Time.

  /**
   * Moves the clock to a watermark.
   *
   * @param last the advance at which that is reached
   */
  private void moveTo(long watermark, Timeline timeline, int last, Output output) {
    long time = spec.isSorted() ? watermark : Math.max(watermark, clock.get() ^ Long.MIN_VALUE);
    if (keys.length == 0 && layout.beginsByClock) {
      beginFirst(watermark, timeline);
    }
    fireUpTo(time, timeline, last, output);
  }

  /** Where there is one key, it has an attempt as soon as there is a time. */
  private void beginFirst(long watermark, Timeline timeline) {
    if (watermark != Timeline.NEVER
        && watermark != Timeline.END
        && table.findKey(keys, 0) == Chain.NONE) {
      beginByClock(table.onlyKey(), timeline.before(timeline.firstReaching(Timeline.NEVER + 1, 0)));
    }
  }

  /** Moves the clock to the time of the event. */
  private void moveToEvent(long time, Output output) {
    if (!spec.isSorted() && time > (clock.get() ^ Long.MIN_VALUE)) {
      clock.set(time ^ Long.MIN_VALUE);
    }
    long now = spec.isSorted() ? time : clock.get() ^ Long.MIN_VALUE;
    floor = Math.max(floor, batch.position(row));
    fireUpTo(now, batch.timeline(), -1, output);
  }

  /**
   * Fires all deadlines up to a time.
   *
   * @param last the advance up to which the watermark reaches them; what it does not reach by then,
   *     the event does that is dealt with
   */
  private void fireUpTo(long time, Timeline timeline, int last, Output output) {
    long begun = table.begun();
    while (table.firstDeadline() <= time && table.firstDeadline() != Attempt.NONE) {
      long deadline = table.firstDeadline();
      int advance = timeline.firstReaching(deadline, 0);
      int position = advance > last ? floor : Math.max(floor, Timeline.ofAdvance(advance));
      due.clear();
      table.takeDue(deadline, due);
      for (int i = 0; i < due.size(); i++) {
        boolean isForEver = time == Timeline.END && due.id(i) > begun;
        if (!isForEver && table.isThere(due.number(i), due.id(i))) {
          fire(due.number(i), deadline, position, output);
        }
      }
    }
  }

  /** Fires what is due of an attempt. */
  private void fire(int attempt, long deadline, int position, Output output) {
    table.load(current, attempt);
    int key = table.keyOf(attempt);
    while (current.firstDue() <= deadline && !current.isMatched && !current.isFailed) {
      matcher.fire(current);
    }
    boolean isSent = (current.flags & ProgramLayout.SENT) != 0;
    if (waitsAlready(key)) {
      table.remove(attempt);
    } else if (current.isMatched) {
      if (!isSent) {
        out.send(current, deadline, position, RowKind.INSERT, output);
      }
      end(key, deadline);
    } else if (current.isFailed) {
      if (isSent && spec.early() == PatternSpec.Early.SENT_AND_RETRACTED) {
        out.send(current, deadline, position, RowKind.DELETE, output);
      }
      drop(key, deadline);
    } else {
      if (isSentNow(current)) {
        current.flags |= ProgramLayout.SENT;
        out.send(current, deadline, position, RowKind.INSERT, output);
      }
      table.save(current);
    }
    table.dropEmpty(key);
  }

  /**
   * Whether silence has brought the attempt that is loaded to where another one waits already,
   * which has taken nothing either.
   */
  private boolean waitsAlready(int key) {
    if (current.taken != 0 || isOver(current) || current.isMatched || current.isFailed) {
      return false;
    }
    Candidates all = table.addAll(key, new Candidates());
    for (int i = 0; i < all.size(); i++) {
      if (all.number(i) != current.number && table.waitsLike(all.number(i), current)) {
        return true;
      }
    }
    return false;
  }
}
