package io.millrace.operators.sequence;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends each row on when the one of the number before has gone. A row that comes too early waits:
 * until the gap is filled, until a row says that it never will be, or until the watermark is at the
 * row's time plus the time-out; then it goes, and with it all of smaller numbers. The first row
 * begins the sequence. Numbers that have gone, or wait already, are late.
 */
final class SequenceOperator implements Operator {
  private static final int VERSION = 1;
  private static final int BEGUN = 1;

  /** So many numbers that have gone are no reason to look for them. */
  private static final int SPARE = 16;

  private final SequenceSpec spec;

  /** The rows that wait, by number in place of their time, which is a column behind the others. */
  private SortBuffer held;

  /** The numbers that wait, by the time up to which they do; of some that wait no longer, too. */
  private SortBuffer waits;

  /** The numbers that wait. */
  private SlotTable waiting;

  /** The last number that has gone, or is passed. */
  private LongValue last;

  /** {@link #BEGUN} when there has been a number. */
  private LongValue begun;

  private final Schema withTime;
  private final LongColumn[] key = {new LongColumn(1)};
  private final int[] slot = new int[1];
  private LongColumn times = new LongColumn(16);
  private long[] numbers = new long[16];
  private Batch numbered;
  private Batch result;
  private RowBuffer out;
  private RowBuffer due;
  private Timeline sent;
  private int batchSize;

  /** The first advance of this turn at which a row may have waited for long enough. */
  private int next;

  SequenceOperator(SequenceSpec spec) {
    this.spec = spec;
    List<Field> fields = new ArrayList<>(spec.output().fields());
    fields.add(new Field("ROWTIME", DataType.BIGINT));
    this.withTime = new Schema(fields);
  }

  @Override
  public void open(OperatorContext context) {
    List<DataType> types = withTime.fields().stream().map(Field::type).toList();
    List<DataType> number = List.of(DataType.BIGINT);
    held = context.state().sortBuffer(new SortBufferSpec("held", VERSION, types));
    waits = context.state().sortBuffer(new SortBufferSpec("waits", VERSION, number));
    waiting = context.state().slotTable(new SlotTableSpec("numbers", VERSION, number, List.of()));
    last = context.state().longValue("last");
    begun = context.state().longValue("begun");
    batchSize = context.batchSize();
    sent = context.outputTimeline();
    out = new RowBuffer(withTime, batchSize, sent);
    due = new RowBuffer(Schema.of(new Field("number", DataType.BIGINT)), 16, sent);
    numbered = new Batch(withTime, new Column[withTime.size()], sent);
    result = new Batch(spec.output(), new Column[spec.output().size()], sent);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    Batch rows = numbered(batch);
    LongColumn number = (LongColumn) batch.column(spec.number());
    for (int row = 0; row < batch.size(); row++) {
      int code = batch.position(row);
      expire(batch.timeline(), Timeline.lastAdvanceBefore(code), output);
      expireAt(code, batch.reached(row), batch.timeline(), output);
      if (number.isNull(row)) {
        output.fail(
            batch, row, "'" + spec.output().name(spec.number()) + "' is NULL: no place in order");
      } else if (isLate(numbers[row])) {
        output.late(batch, row);
      } else {
        long done = done(batch, row);
        if (hasRoom(numbers[row], done)) {
          take(rows, row, done, output);
        } else {
          refuse(batch, row, output);
        }
      }
    }
    flush(output);
  }

  /** The rows with their numbers in the place of their times, and these in a column more. */
  private Batch numbered(Batch batch) {
    int size = batch.size();
    if (numbers.length < size) {
      numbers = new long[Math.max(size, 2 * numbers.length)];
      times = new LongColumn(numbers.length);
    }
    LongColumn number = (LongColumn) batch.column(spec.number());
    for (int row = 0; row < size; row++) {
      numbers[row] = number.values()[row];
      times.put(row, batch.rowtimes()[row]);
    }
    Column[] columns = numbered.columns();
    for (int i = 0; i < columns.length - 1; i++) {
      columns[i] = batch.column(i);
    }
    columns[columns.length - 1] = times;
    return numbered.rows(size, numbers, batch.positions(), null).moments(batch.moments());
  }

  private boolean isLate(long number) {
    if (begun.get() != BEGUN) {
      return false;
    }
    key[0].put(0, number);
    return number <= last.get() || waiting.find(key, 0) >= 0;
  }

  /** Up to which number all are done, as a row says; the smallest there is if it says nothing. */
  private long done(Batch batch, int row) {
    if (spec.skip() < 0) {
      return Long.MIN_VALUE;
    }
    LongColumn skip = (LongColumn) batch.column(spec.skip());
    return skip.isNull(row) ? Long.MIN_VALUE : skip.values()[row];
  }

  /** Whether a row may wait, or need not: because of its number, or since it makes room itself. */
  private boolean hasRoom(long number, long done) {
    if (begun.get() != BEGUN || held.size() < spec.limit().rows()) {
      return true;
    }
    long passed = Math.max(last.get(), Math.min(done, number - 1));
    return number == passed + 1 || held.firstTime() <= passed + 1;
  }

  /** Sends a row on, or lets it wait, and what may go because of it and of what it says. */
  private void take(Batch rows, int row, long done, Output output) {
    long number = numbers[row];
    int code = rows.position(row);
    long moment = rows.moment(row);
    if (begun.get() == BEGUN) {
      pass(Math.min(done, number - 1), code, moment, output);
    }
    if (begun.get() != BEGUN || number == last.get() + 1) {
      begun.set(BEGUN);
      last.set(number);
      out.append(rows, row);
      out.moment(out.size() - 1, moment);
      flushIfFull(output);
    } else {
      hold(rows, row);
    }
    pass(done, code, moment, output);
  }

  private void hold(Batch rows, int row) {
    long number = numbers[row];
    held.add(rows, row);
    key[0].put(0, number);
    waiting.resolve(key, 0, 1, slot);
    due.clear();
    long rowtime = times.values()[row];
    long until =
        rowtime > Timeline.END - spec.timeoutMillis()
            ? Timeline.END
            : rowtime + spec.timeoutMillis();
    due.column(0).set(due.append(until, 0), number);
    waits.add(due.batch(sent, sent), 0);
    due.clear();
    if (waits.size() > 2L * held.size() + SPARE) {
      forgetSent();
    }
  }

  /** Leaves the numbers in {@link #waits} that wait: none of them does so twice. */
  private void forgetSent() {
    waits.drainTo(Timeline.END, waits.size(), due, 0);
    Batch all = due.batch(sent, sent);
    for (int i = 0; i < all.size(); i++) {
      key[0].put(0, ((LongColumn) all.column(0)).values()[i]);
      if (waiting.find(key, 0) >= 0) {
        waits.add(all, i);
      }
    }
    due.clear();
  }

  private void refuse(Batch batch, int row, Output output) {
    if (!spec.limit().isLateBeyond()) {
      flush(output); // what goes before the row goes in this turn
      throw spec.limit()
          .exceeded(
              "restoring the sequence of '" + spec.output().name(spec.number()) + "'",
              "numbers are missing, and the time-out is long");
    }
    output.late(batch, row);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      expire(timeline, timeline.length(), output);
      flush(output);
      next = 0;
    }
    return false;
  }

  /** Lets rows go that have waited for long enough at the advances up to {@code to}. */
  private void expire(Timeline timeline, int to, Output output) {
    while (held.size() > 0 && next <= to) {
      int advance = timeline.firstReaching(waits.firstTime(), next);
      if (advance > to) {
        break;
      }
      expireFirst(timeline, Timeline.ofAdvance(advance), output);
      next = advance;
    }
    next = Math.max(next, to + 1);
  }

  /** Lets rows go that have waited for long enough before a row that the next advance brings. */
  private void expireAt(int code, long reached, Timeline timeline, Output output) {
    while (held.size() > 0 && Timeline.ofAdvance(next) == code && waits.firstTime() <= reached) {
      expireFirst(timeline, code, output);
    }
  }

  /** Lets rows go that have waited for long enough at the first time of all. */
  private void expireFirst(Timeline timeline, int code, Output output) {
    long time = waits.firstTime();
    long greatest = last.get();
    while (waits.drainTo(time, batchSize, due, 0) > 0) {
      LongColumn number = (LongColumn) due.column(0);
      for (int i = 0; i < due.size(); i++) {
        greatest = Math.max(greatest, number.values()[i]);
      }
      due.clear();
    }
    pass(greatest, code, timeline.momentOfDeadline(time, code), output);
  }

  /** Lets the rows go whose numbers are no greater, and those that wait for nothing then. */
  private void pass(long number, int code, long moment, Output output) {
    while (held.size() > 0 && held.firstTime() <= number) {
      sendFirst(code, moment, output);
    }
    last.set(Math.max(last.get(), number));
    while (held.size() > 0 && held.firstTime() == last.get() + 1) {
      sendFirst(code, moment, output);
    }
    if (held.size() == 0 && waits.size() > 0) {
      while (waits.drainTo(Timeline.END, batchSize, due, 0) > 0) {
        due.clear();
      }
    }
  }

  private void sendFirst(int code, long moment, Output output) {
    long number = held.firstTime();
    held.drainTo(number, 1, out, code);
    out.moment(out.size() - 1, moment);
    key[0].put(0, number);
    waiting.remove(waiting.find(key, 0));
    last.set(number);
    flushIfFull(output);
  }

  private void flushIfFull(Output output) {
    if (out.size() == batchSize) {
      flush(output);
    }
  }

  /** Sends the rows with their own times again. */
  private void flush(Output output) {
    if (out.isEmpty()) {
      return;
    }
    Column[] columns = result.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = out.column(i);
    }
    LongColumn rowtimes = (LongColumn) out.column(columns.length);
    result
        .rows(out.size(), rowtimes.values(), out.positions(), null)
        .moments(out.moments())
        .timelines(sent, sent);
    output.emit(result);
    out.clear();
  }
}
