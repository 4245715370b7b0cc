package io.millrace.state.table;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.KeyHash;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The columns of a slot table: those of the key, and the fields. */
public final class SlotColumns {
  private final SlotTableSpec spec;
  private final Column[] keys;
  private final Column[] fields;
  private int generation;

  public SlotColumns(SlotTableSpec spec, int capacity) {
    this.spec = spec;
    keys = new Column[spec.keys().size()];
    fields = new Column[spec.fields().size()];
    make(capacity);
  }

  /** The columns of the key; always the same array. */
  public Column[] keys() {
    return keys;
  }

  public Column[] fields() {
    return fields;
  }

  /** Another number whenever the columns may have other arrays than before. */
  public int generation() {
    return generation;
  }

  /** A new array of the columns of the key and the fields. */
  public Column[] all() {
    Column[] all = new Column[keys.length + fields.length];
    System.arraycopy(keys, 0, all, 0, keys.length);
    System.arraycopy(fields, 0, all, keys.length, fields.length);
    return all;
  }

  /** Copies the key of a row to a slot. */
  public void copyKey(Column[] rows, int row, int slot) {
    for (int c = 0; c < keys.length; c++) {
      keys[c].copy(rows[c], row, slot);
      if (keys[c] instanceof DoubleColumn doubles) {
        doubles.values()[slot] = KeyHash.canonical(doubles.values()[slot]);
      }
    }
  }

  /** Puts new, empty columns in the place of those that are there. */
  public void make(int capacity) {
    generation++;
    for (int c = 0; c < keys.length; c++) {
      keys[c] = Column.of(spec.keys().get(c).layout(), capacity);
    }
    for (int c = 0; c < fields.length; c++) {
      DataType type = spec.fields().get(c).type();
      fields[c] = Column.of(type == null ? Layout.OBJECT : type.layout(), capacity);
    }
  }

  public void ensureCapacity(int capacity) {
    generation++;
    for (Column column : keys) {
      column.ensureCapacity(capacity);
    }
    for (Column column : fields) {
      column.ensureCapacity(capacity);
    }
  }

  public void reset(int from, int to) {
    for (Column column : keys) {
      column.reset(from, to);
    }
    for (Column column : fields) {
      column.reset(from, to);
    }
  }

  /**
   * New codecs of {@link #all}.
   *
   * @param saved says of which version what is read was
   */
  public List<ColumnCodec> codecs(StateSignature saved) {
    return codecs(spec, saved);
  }

  /** New codecs of the columns of a table, which read what was saved under a signature. */
  public static List<ColumnCodec> codecs(SlotTableSpec spec, StateSignature saved) {
    StateSignature declared =
        StateSignature.of(spec.name(), saved.kind(), spec.version(), spec.keys(), spec.fields());
    List<Integer> columns = Objects.requireNonNull(declared.columnsOf(saved));
    List<ColumnCodec> codecs = new ArrayList<>();
    for (DataType key : spec.keys()) {
      codecs.add(ColumnCodec.of(key));
    }
    for (StateType field : spec.fields()) {
      int column = columns.get(codecs.size());
      codecs.add(
          column < 0
              ? ColumnCodec.ofLacking(field)
              : ColumnCodec.of(field, saved.codecVersions().get(column)));
    }
    return codecs;
  }
}
