package io.millrace.operators.pattern;

import io.millrace.operators.expiry.Expiry;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/** What is known of each key: which states it is in, and how many attempts it has. */
final class PatternKeys {
  static final String TABLE = "keys";

  /** The first of the fields of a key for the chain of its attempts. */
  static final int ALL = 2;

  /** As {@link #ALL}, of the attempts to which every event is offered. */
  static final int OPEN = 4;

  /** The first of the fields of a key that say when it expires. */
  private static final int EXPIRY = 6;

  private static final int VERSION = 1;
  private static final int STATE = 0;
  private static final int COUNT = 1;
  private static final Column[] NO_COLUMNS = {};

  private final int columns;
  private final SlotTable table;
  private final Expiry expiry;
  private final LongFields values;
  private final int[] slots = new int[1];

  /**
   * @param ttlMillis how long a key is remembered that no event touches; 0 for ever
   */
  PatternKeys(PatternSpec spec, long ttlMillis, OperatorContext context) {
    this.columns = spec.keys().size();
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("state", DataType.BIGINT));
    fields.add(StateType.of("count", DataType.BIGINT));
    fields.addAll(Chain.ofOwner("all", AttemptTable.ATTEMPTS));
    fields.addAll(Chain.ofOwner("open", AttemptTable.ATTEMPTS));
    fields.addAll(Expiry.fields(ttlMillis));
    this.table =
        context
            .state()
            .slotTable(
                new SlotTableSpec(TABLE, VERSION, spec.keyTypes(), fields).keyedBy(spec.keys()));
    this.expiry = Expiry.open(ttlMillis, TABLE, EXPIRY, context);
    this.values = new LongFields(table, STATE, 2);
  }

  SlotTable table() {
    return table;
  }

  /** The number of an event's key, or {@link Chain#NONE} if there is nothing of it. */
  int find(PatternEvent event) {
    int slot = table.find(event.keys(), event.row());
    return slot < 0 ? Chain.NONE : table.number(slot);
  }

  /** The number of an event's key, which is made if it is not there. */
  int make(PatternEvent event) {
    table.resolve(event.keys(), event.row(), event.row() + 1, event.room());
    return table.number(event.room()[event.row()]);
  }

  boolean isEmpty() {
    return table.size() == 0;
  }

  /** The key where there is but one, which is made if it is not there. */
  int only() {
    table.resolve(NO_COLUMNS, 0, 1, slots);
    return table.number(slots[0]);
  }

  /** Whether a key is in a state, which is a bit. */
  boolean is(int key, long state) {
    return (get(key, STATE) & state) != 0;
  }

  void set(int key, long state, boolean value) {
    long before = get(key, STATE);
    long after = value ? before | state : before & ~state;
    if (after != before) {
      set(key, STATE, after);
    }
  }

  /** How many attempts a key has. */
  long count(int key) {
    return get(key, COUNT);
  }

  /** Says that a key has more attempts, or fewer. */
  void count(int key, int more) {
    set(key, COUNT, get(key, COUNT) + more);
  }

  /**
   * Forgets a key if nothing is known of it any more.
   *
   * @return whether it is forgotten
   */
  boolean dropEmpty(int key) {
    boolean isEmpty = get(key, STATE) == 0 && get(key, COUNT) == 0;
    if (isEmpty) {
      table.remove(table.slot(key));
    }
    return isEmpty;
  }

  /** Notes that an event has touched its key, if there is anything of it. */
  void touch(PatternEvent event) {
    int key = expiry.isActive() ? find(event) : Chain.NONE;
    if (key != Chain.NONE) {
      touch(key, event);
    }
  }

  /** Notes that an event has touched its key. */
  void touch(int key, PatternEvent event) {
    if (expiry.isActive()) {
      int slot = table.slot(key);
      table.touch(slot);
      expiry.touch(table, slot, event.batch(), event.row());
    }
  }

  /**
   * Notes that a time of an attempt has touched its key: whether the key has been looked at between
   * its last event and that time, depends on how the input is cut, and must not matter.
   */
  void touch(int key, long time) {
    if (expiry.isActive()) {
      int slot = table.slot(key);
      table.touch(slot);
      expiry.touch(table, slot, time);
    }
  }

  /** Forgets the keys that expire before an event. */
  void expireBefore(PatternEvent event, Expiry.Removal removal) {
    if (expiry.isActive()) {
      expiry.expireBefore(table, event.batch(), event.row(), removal);
    }
  }

  /** Forgets the keys that expire up to the end of a turn. */
  void expireAll(Timeline timeline, Expiry.Removal removal) {
    expiry.expireAll(table, timeline, removal);
  }

  /** Writes a key to the first columns of a row. */
  void write(int key, Column[] to, int row) {
    int slot = table.slot(key);
    for (int i = 0; i < columns; i++) {
      to[i].copy(table.key(i), slot, row);
    }
  }

  private long get(int key, int field) {
    int slot = table.slot(key);
    return values.get(field)[slot];
  }

  private void set(int key, int field, long value) {
    int slot = table.slot(key);
    table.touch(slot);
    values.get(field)[slot] = value;
  }
}
