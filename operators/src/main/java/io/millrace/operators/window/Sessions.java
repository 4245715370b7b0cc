package io.millrace.operators.window;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The open sessions: for each group a list of them, mostly of one. A session reaches from its first
 * row {@code start} to its {@code last}. Sessions and groups are known by their numbers.
 */
final class Sessions {
  private static final int VERSION = 1;

  /** Fields behind those of the aggregates. */
  private static final int START = 0;

  private static final int LAST = 1;
  private static final int GROUP = 2;
  private static final int NEXT = 3;

  /** Ends a list. */
  static final int NONE = -1;

  private final SlotTable groups;
  private final SlotTable table;
  private final LongValue ids;
  private final LongColumn idOfRow = new LongColumn(0);
  private final Column[] sessionKeys;
  private final int firstField;
  private int[] groupOfRow = new int[0];

  /**
   * @param keys types of the group's columns
   * @param inputs these columns in the operator's input
   * @param fields those of the aggregates and of what else a session has
   */
  Sessions(StateContext state, List<DataType> keys, List<Integer> inputs, List<StateType> fields) {
    KeyNumber session = new KeyNumber("sessions", 1);
    groups =
        state.slotTable(
            new SlotTableSpec("groups", VERSION, keys, List.of(StateType.of("first", session)))
                .keyedBy(inputs));
    List<DataType> withId = new ArrayList<>(keys);
    withId.add(DataType.BIGINT);
    List<Integer> inputsAndId = new ArrayList<>(inputs);
    inputsAndId.add(SlotTableSpec.MADE);
    List<StateType> all = new ArrayList<>(fields);
    all.add(StateType.of("start", DataType.BIGINT));
    all.add(StateType.of("last", DataType.BIGINT));
    all.add(StateType.of("group", new KeyNumber("groups", 0)));
    all.add(StateType.of("next", session));
    table =
        state.slotTable(new SlotTableSpec("sessions", VERSION, withId, all).keyedBy(inputsAndId));
    ids = state.longValue("ids");
    sessionKeys = new Column[withId.size()];
    firstField = fields.size();
  }

  /** All sessions; behind the group's keys stands the session's id. */
  SlotTable table() {
    return table;
  }

  private long[] field(int index) {
    return ((LongColumn) table.field(firstField + index)).values();
  }

  private long get(int session, int index) {
    int slot = table.slot(session);
    return field(index)[slot];
  }

  private void set(int session, int index, long value) {
    int slot = table.slot(session);
    table.touch(slot);
    field(index)[slot] = value;
  }

  long start(int session) {
    return get(session, START);
  }

  long last(int session) {
    return get(session, LAST);
  }

  long id(int session) {
    int slot = table.slot(session);
    return ((LongColumn) table.key(sessionKeys.length - 1)).values()[slot];
  }

  /** Whether a number is still that of the session of an id. */
  boolean isThere(int session, long id) {
    return table.isUsed(session) && id(session) == id;
  }

  /** The group of a row, which is made if it is not there. */
  int group(Column[] keys, int row) {
    if (groupOfRow.length <= row) {
      groupOfRow = new int[Math.max(row + 1, 2 * groupOfRow.length)];
    }
    groups.resolve(keys, row, row + 1, groupOfRow);
    return groups.number(groupOfRow[row]);
  }

  /** The first session of a group; {@link #NONE} if it has none. */
  int first(int group) {
    int slot = groups.slot(group);
    return (int) ((LongColumn) groups.field(0)).values()[slot] - 1;
  }

  private void setFirst(int group, int session) {
    int slot = groups.slot(group);
    groups.touch(slot);
    ((LongColumn) groups.field(0)).values()[slot] = session + 1L;
  }

  int next(int session) {
    return (int) get(session, NEXT) - 1;
  }

  /** A new session of a row. */
  int open(int group, Column[] keys, int row, long time) {
    long id = ids.get();
    ids.set(id + 1);
    idOfRow.ensureCapacity(row + 1);
    idOfRow.put(row, id);
    System.arraycopy(keys, 0, sessionKeys, 0, keys.length);
    sessionKeys[keys.length] = idOfRow;
    if (groupOfRow.length <= row) {
      groupOfRow = new int[row + 1];
    }
    table.resolve(sessionKeys, row, row + 1, groupOfRow);
    int slot = groupOfRow[row];
    field(START)[slot] = time;
    field(LAST)[slot] = time;
    field(GROUP)[slot] = group;
    field(NEXT)[slot] = first(group) + 1L;
    int session = table.number(slot);
    setFirst(group, session);
    return session;
  }

  /** Makes a session reach from one time to another at least. */
  void extend(int session, long from, long to) {
    int slot = table.slot(session);
    table.touch(slot);
    field(START)[slot] = Math.min(field(START)[slot], from);
    field(LAST)[slot] = Math.max(field(LAST)[slot], to);
  }

  /** Forgets a session, and its group if it was the last. */
  void remove(int session) {
    int group = (int) get(session, GROUP);
    int next = next(session);
    int before = first(group);
    if (before == session) {
      setFirst(group, next);
    } else {
      while (next(before) != session) {
        before = next(before);
      }
      set(before, NEXT, next + 1L);
    }
    table.remove(table.slot(session));
    removeIfEmpty(group);
  }

  /** Forgets a group that has no session. */
  void removeIfEmpty(int group) {
    if (first(group) == NONE) {
      groups.remove(groups.slot(group));
    }
  }
}
