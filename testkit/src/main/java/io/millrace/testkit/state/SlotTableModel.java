package io.millrace.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import io.millrace.testkit.RandomValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A slot table beside a map. */
final class SlotTableModel {
  /** SQL's NULL, which is not the null of a new slot. */
  private static final Object NULL = "NULL";

  private final SlotTableSpec spec;
  private SlotTable table;
  private final Map<List<@Nullable Object>, Integer> numbers = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final ArrayDeque<Integer> removed = new ArrayDeque<>();

  /** The arrays of the columns as they were seen last, and the generation that they were of. */
  private List<Object> arrays = List.of();

  private int generation;

  /** A key's number: its key and its fields, and whether it is in use. */
  private static final class Entry {
    private List<@Nullable Object> key = List.of();
    private @Nullable Object[] fields = new @Nullable Object[0];
    private boolean used;
  }

  SlotTableModel(SlotTableSpec spec, SlotTable table) {
    this.spec = spec;
    this.table = table;
    seeArrays();
  }

  /** A random operation on a table. */
  static Step<SlotTableModel> step(SlotTableSpec spec, Random random) {
    RandomValues values = new RandomValues(random);
    int nth = random.nextInt(1000);
    int kind = random.nextInt(20);
    if (kind < 10) {
      List<List<@Nullable Object>> keys = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        List<@Nullable Object> key = new ArrayList<>();
        spec.keys().forEach(type -> key.add(values.nullable(type)));
        keys.add(key);
      }
      int offset = random.nextInt(3);
      return new Step<>("resolve " + keys + " at " + offset, m -> m.resolve(keys, offset));
    }
    if (kind < 14) {
      int field = random.nextInt(spec.fields().size());
      DataType type = spec.fields().get(field).type();
      Object value = type == null ? "object " + nth : values.nullable(type);
      return new Step<>(
          "set field " + field + " of " + nth + " to " + value, m -> m.set(nth, field, value));
    }
    if (kind < 19) {
      return new Step<>("remove " + nth, m -> m.remove(nth));
    }
    return new Step<>("clear", SlotTableModel::clear);
  }

  /** Goes on with a restored table. */
  void rebind(SlotTable restored) {
    table = restored;
    seeArrays();
  }

  private void seeArrays() {
    generation = table.generation();
    arrays = new ArrayList<>();
    for (int c = 0; c < spec.keys().size(); c++) {
      arrays.add(array(table.key(c)));
    }
    for (int c = 0; c < spec.fields().size(); c++) {
      arrays.add(array(table.field(c)));
    }
  }

  private void verifyGeneration() {
    List<Object> before = arrays;
    int generationBefore = generation;
    seeArrays();
    for (int i = 0; i < before.size() && generation == generationBefore; i++) {
      assertThat(arrays.get(i)).as("array of column %s", i).isSameAs(before.get(i));
    }
  }

  private static Object array(Column column) {
    if (column instanceof LongColumn longs) {
      return longs.values();
    }
    if (column instanceof DoubleColumn doubles) {
      return doubles.values();
    }
    return column instanceof BooleanColumn booleans
        ? booleans.values()
        : ((ObjectColumn) column).values();
  }

  void resolve(List<List<@Nullable Object>> keys, int offset) {
    int[] found = new int[offset + keys.size()];
    Column[] columns = RowColumns.of(spec.keys(), keys, offset);
    for (int row = 0; row < keys.size(); row++) {
      int slot = table.find(columns, offset + row);
      assertThat(slot < 0 ? -1 : table.number(slot))
          .isEqualTo(numbers.getOrDefault(canonical(keys.get(row)), -1));
    }
    table.resolve(columns, offset, offset + keys.size(), found);
    for (int row = 0; row < keys.size(); row++) {
      assertThat(table.number(found[offset + row]))
          .as("number of %s", keys.get(row))
          .isEqualTo(number(keys.get(row)));
    }
    verify();
  }

  void set(int nth, int field, @Nullable Object value) {
    if (numbers.isEmpty()) {
      return;
    }
    int number = used(nth);
    int slot = table.slot(number);
    table.touch(slot);
    table.field(field).set(slot, value);
    entries.get(number).fields[field] = value == null ? NULL : value;
    verify();
  }

  void remove(int nth) {
    if (numbers.isEmpty()) {
      return;
    }
    int number = used(nth);
    table.remove(table.slot(number));
    entries.get(number).used = false;
    numbers.remove(entries.get(number).key);
    if (spec.keys().isEmpty()) {
      entries.clear();
    } else {
      removed.push(number);
    }
    verify();
  }

  void clear() {
    table.clear();
    numbers.clear();
    entries.clear();
    removed.clear();
    verify();
  }

  void verify() {
    verifyGeneration();
    assertThat(table.size()).isEqualTo(numbers.size());
    assertThat(table.limit()).isEqualTo(entries.size());
    for (int number = 0; number < entries.size(); number++) {
      Entry entry = entries.get(number);
      assertThat(table.isUsed(number)).isEqualTo(entry.used);
      int slot = entry.used ? table.slot(number) : -1;
      assertThat(slot < 0 ? number : table.number(slot)).isEqualTo(number);
      for (int c = 0; entry.used && c < spec.keys().size(); c++) {
        assertThat(table.key(c).isNull(slot)).isEqualTo(entry.key.get(c) == null);
        assertThat(table.key(c).get(slot)).isEqualTo(entry.key.get(c));
      }
      for (int c = 0; entry.used && c < spec.fields().size(); c++) {
        Object expected = entry.fields[c];
        assertThat(table.field(c).isNull(slot)).isEqualTo(NULL.equals(expected));
        assertThat(table.field(c).get(slot))
            .as("field %s of number %s", c, number)
            .isEqualTo(NULL.equals(expected) ? null : expected);
      }
    }
  }

  int size() {
    return numbers.size();
  }

  private int number(List<@Nullable Object> key) {
    Integer known = numbers.get(canonical(key));
    if (known != null) {
      return known;
    }
    Entry entry = new Entry();
    entry.key = canonical(key);
    entry.fields = new @Nullable Object[spec.fields().size()];
    for (int c = 0; c < entry.fields.length; c++) {
      entry.fields[c] = initial(spec.fields().get(c).type());
    }
    entry.used = true;
    int number = entries.size();
    if (removed.isEmpty()) {
      entries.add(entry);
    } else {
      number = removed.pop();
      entries.set(number, entry);
    }
    numbers.put(entry.key, number);
    return number;
  }

  private static @Nullable Object initial(@Nullable DataType type) {
    Layout layout = type == null ? Layout.OBJECT : type.layout();
    return switch (layout) {
      case BOOLEAN -> false;
      case LONG -> 0L;
      case DOUBLE -> 0.0;
      case OBJECT -> null;
    };
  }

  private int used(int nth) {
    int rest = nth % numbers.size();
    for (int number = 0; ; number++) {
      if (entries.get(number).used && rest-- == 0) {
        return number;
      }
    }
  }

  private static List<@Nullable Object> canonical(List<@Nullable Object> key) {
    @Nullable Object[] values = key.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.valueOf(-0.0).equals(values[i]) ? Double.valueOf(0.0) : values[i];
    }
    return Arrays.asList(values);
  }
}
