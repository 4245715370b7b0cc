package io.millrace.operators.join;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one side of a join that those of the other side may meet. Rows of one key are a
 * chain, in the order of their times, equal times in that in which they came:
 *
 * <pre>
 * chains  key ──► first ─┐        ┌─ last
 * rows                   row ⇄ row ⇄ row
 * </pre>
 *
 * <p>A row is known by its number, which it keeps until it is removed. Adding one that is not
 * earlier than the others of its key, removing one, and going from one to the next cost the same
 * however many there are.
 */
final class JoinRows {
  /** No row. */
  static final int NONE = -1;

  private static final int VERSION = 1;
  private static final int FIRST = 0;
  private static final int LAST = 1;

  private final JoinSide side;
  private final SlotTable rows;
  private final SlotTable chains;
  private final int rowtime;
  private final int seen;
  private final int matched;
  private final int next;
  private final int previous;
  private final int chain;
  private final Column[] keys;
  private int[] slots = new int[1];

  /** How many rows there have been, where that tells those that are there apart; else null. */
  private final @Nullable LongValue count;

  private final LongColumn number = new LongColumn(1);
  private final Column[] numbers = {number};

  /**
   * @param name of the side, unique in its operator
   * @param identity what rows are told apart by, beside their numbers
   */
  JoinRows(String name, JoinSide side, List<DataType> identity, OperatorContext context) {
    this(name, side, identity, context, null);
  }

  private JoinRows(
      String name,
      JoinSide side,
      List<DataType> identity,
      OperatorContext context,
      @Nullable LongValue count) {
    this.side = side;
    this.count = count;
    List<StateType> fields = new ArrayList<>();
    for (int i = 0; i < side.input().size(); i++) {
      fields.add(StateType.of("c" + i, side.input().type(i)));
    }
    KeyNumber row = numbers(name);
    KeyNumber key = new KeyNumber(name + "-keys", 1);
    this.rowtime = addTo(fields, StateType.of("rowtime", DataType.BIGINT));
    this.seen = addTo(fields, StateType.of("seen", DataType.BIGINT));
    this.matched = addTo(fields, StateType.of("matched", DataType.BIGINT));
    this.next = addTo(fields, StateType.of("next", row));
    this.previous = addTo(fields, StateType.of("previous", row));
    this.chain = addTo(fields, StateType.of("chain", key));
    this.rows =
        context.state().slotTable(new SlotTableSpec(row.table(), VERSION, identity, fields));
    List<StateType> ends = List.of(StateType.of("first", row), StateType.of("last", row));
    this.chains =
        context.state().slotTable(new SlotTableSpec(key.table(), VERSION, side.keyTypes(), ends));
    this.keys = new Column[side.keys().size()];
  }

  /** Rows that are told apart by nothing but when they came. */
  static JoinRows counted(String name, JoinSide side, OperatorContext context) {
    LongValue count = context.state().longValue(name + "-count");
    return new JoinRows(name, side, List.of(DataType.BIGINT), context, count);
  }

  private static int addTo(List<StateType> fields, StateType field) {
    fields.add(field);
    return fields.size() - 1;
  }

  /** What other state of the operator says of a row of this side: its number, and 1. */
  static KeyNumber numbers(String name) {
    return new KeyNumber(name + "-rows", 1);
  }

  /** How many rows are there. */
  int size() {
    return rows.size();
  }

  /** Whether no key column of a row is NULL, so that it may meet others. */
  static boolean hasKey(JoinSide side, Batch batch, int row) {
    for (int key : side.keys()) {
      if (batch.column(key).isNull(row)) {
        return false;
      }
    }
    return true;
  }

  /** Adds a row that has no identity; otherwise as the other method of this name. */
  int add(Batch batch, int row, long watermark) {
    LongValue all = Objects.requireNonNull(count);
    all.set(all.get() + 1);
    number.put(0, all.get());
    return add(batch, row, numbers, 0, watermark);
  }

  /**
   * Adds a row.
   *
   * @param identity tells it from others that are there, at {@code identityRow}
   * @param watermark what it has seen of its own watermark
   * @return its number
   */
  int add(Batch batch, int row, Column[] identity, int identityRow, long watermark) {
    rows.resolve(identity, identityRow, identityRow + 1, room(identityRow));
    int slot = slots[identityRow];
    for (int i = 0; i < side.input().size(); i++) {
      rows.field(i).copy(batch.column(i), row, slot);
    }
    values(rows, rowtime)[slot] = batch.rowtimes()[row];
    values(rows, seen)[slot] = watermark;
    int number = rows.number(slot);
    if (hasKey(side, batch, row)) {
      link(number, batch, row);
    }
    return number;
  }

  private int[] room(int row) {
    if (slots.length <= row) {
      slots = new int[Math.max(row + 1, 2 * slots.length)];
    }
    return slots;
  }

  private void link(int number, Batch batch, int row) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(side.keys().get(i));
    }
    chains.resolve(keys, row, row + 1, room(row));
    int at = chains.number(slots[row]);
    int before = end(at, LAST);
    int after = NONE;
    while (before != NONE && rowtime(before) > batch.rowtimes()[row]) {
      after = before;
      before = numberIn(before, previous);
    }
    set(number, chain, at + 1L);
    join(before, number, at);
    join(number, after, at);
  }

  /** Puts one row behind another; where one is none, the other is an end of the chain. */
  private void join(int before, int after, int at) {
    if (before == NONE) {
      setEnd(at, FIRST, after);
    } else {
      set(before, next, after + 1L);
    }
    if (after == NONE) {
      setEnd(at, LAST, before);
    } else {
      set(after, previous, before + 1L);
    }
  }

  /** Removes a row. */
  void remove(int number) {
    unlink(number);
    rows.remove(rows.slot(number));
  }

  /** The row of an identity, or {@link #NONE}. */
  int find(Column[] identity, int row) {
    int slot = rows.find(identity, row);
    return slot < 0 ? NONE : rows.number(slot);
  }

  /**
   * The first of the rows that a row of the other side may meet, or {@link #NONE}.
   *
   * @param theirKeys the other side's key columns; no key of the row is NULL
   */
  int first(Column[] theirKeys, int row) {
    int slot = chains.find(theirKeys, row);
    return slot < 0 ? NONE : (int) values(chains, FIRST)[slot] - 1;
  }

  /** The first row with the values of another one, or {@link #NONE}. */
  int findSame(Batch batch, int row) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(side.keys().get(i));
    }
    int same = first(keys, row);
    while (same != NONE && !isSame(same, batch, row)) {
      same = next(same);
    }
    return same;
  }

  /** Whether all columns of a row are those of another one. */
  boolean isSame(int number, Batch batch, int row) {
    int slot = rows.slot(number);
    for (int i = 0; i < side.width(); i++) {
      if (!Objects.deepEquals(rows.field(i).get(slot), batch.column(i).get(row))) {
        return false;
      }
    }
    return true;
  }

  /** The row behind another one of the same key, or {@link #NONE}. */
  int next(int number) {
    return numberIn(number, next);
  }

  long rowtime(int number) {
    return get(number, rowtime);
  }

  /** What a row had seen of its own watermark when it came. */
  long seen(int number) {
    return get(number, seen);
  }

  /** The value of a BIGINT or TIMESTAMP column; {@code otherwise} if it is NULL. */
  long value(int number, int column, long otherwise) {
    int slot = rows.slot(number);
    LongColumn values = (LongColumn) rows.field(column);
    return values.isNull(slot) ? otherwise : values.values()[slot];
  }

  boolean isMatched(int number) {
    return get(number, matched) > 0;
  }

  /** Notes rows that a row has met; where none is taken back, the first ones are enough. */
  void match(int number, long count) {
    set(number, matched, get(number, matched) + count);
  }

  /** Notes that a row is there no longer that a row had met. */
  void unmatch(int number) {
    match(number, -1);
  }

  /** Whether others of its key may find a row. */
  boolean isLinked(int number) {
    return numberIn(number, chain) != NONE;
  }

  /** Takes a row out of its chain, so that none finds it. */
  void unlink(int number) {
    int at = numberIn(number, chain);
    if (at != NONE) {
      join(numberIn(number, previous), numberIn(number, next), at);
      set(number, chain, 0);
      if (end(at, FIRST) == NONE) {
        chains.remove(chains.slot(at));
      }
    }
  }

  /**
   * Copies what of a row goes into the result to row {@code to} of columns from {@code first} on.
   */
  void copy(int number, Column[] columns, int first, int to) {
    int slot = rows.slot(number);
    for (int i = 0; i < side.width(); i++) {
      columns[first + i].copy(rows.field(i), slot, to);
    }
  }

  private int numberIn(int number, int field) {
    return (int) get(number, field) - 1;
  }

  private long get(int number, int field) {
    int slot = rows.slot(number);
    return values(rows, field)[slot];
  }

  private void set(int number, int field, long value) {
    int slot = rows.slot(number);
    rows.touch(slot);
    values(rows, field)[slot] = value;
  }

  private int end(int at, int which) {
    int slot = chains.slot(at);
    return (int) values(chains, which)[slot] - 1;
  }

  private void setEnd(int at, int which, int number) {
    int slot = chains.slot(at);
    chains.touch(slot);
    values(chains, which)[slot] = number + 1L;
  }

  private static long[] values(SlotTable table, int field) {
    return ((LongColumn) table.field(field)).values();
  }
}
