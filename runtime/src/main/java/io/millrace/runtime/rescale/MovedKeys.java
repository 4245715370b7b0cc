package io.millrace.runtime.rescale;

import io.millrace.spi.state.KeyNumber;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where the keys of a part have gone: by table and number the task, and the number there. */
final class MovedKeys {
  private static final int NOWHERE = -1;
  private final Map<String, Table> tables = new HashMap<>();

  /**
   * The keys of one table.
   *
   * @param tasks by the number that a key had
   * @param numbers likewise, what they have now
   */
  record Table(int[] tasks, int[] numbers) {
    void put(int number, int task, int newNumber) {
      tasks[number] = task;
      numbers[number] = newNumber;
    }

    boolean has(long number) {
      return number < tasks.length && tasks[(int) number] != NOWHERE;
    }
  }

  /** Begins a table whose keys have numbers below {@code limit}. */
  Table begin(String name, int limit) {
    int[] tasks = new int[limit];
    Arrays.fill(tasks, NOWHERE);
    Table table = new Table(tasks, new int[limit]);
    tables.put(name, table);
    return table;
  }

  Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new IllegalStateException("nothing is known of table '" + name + "'");
    }
    return table;
  }

  /** Whether what a column holds refers to a key at all. */
  static boolean refers(KeyNumber number, long value) {
    return value >= number.base();
  }

  /** Whether the key that a column refers to is there. */
  boolean isThere(KeyNumber number, long value) {
    return table(number.table()).has(value - number.base());
  }

  /** The task of the key that a column refers to. */
  int task(KeyNumber number, long value) {
    Table table = table(number.table());
    long old = value - number.base();
    if (!table.has(old)) {
      throw new IllegalStateException("no key " + old + " in table '" + number.table() + "'");
    }
    return table.tasks[(int) old];
  }

  /** What a column of a row of a task holds in place of what it held. */
  long renumber(KeyNumber number, long value, int task) {
    if (!refers(number, value)) {
      return value;
    }
    if (task(number, value) != task) {
      throw new IllegalStateException("a key of table '" + number.table() + "' goes elsewhere");
    }
    return table(number.table()).numbers[(int) (value - number.base())] + (long) number.base();
  }
}
