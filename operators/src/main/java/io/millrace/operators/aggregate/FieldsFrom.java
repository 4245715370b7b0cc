package io.millrace.operators.aggregate;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTable;

/** A table as aggregates see it that share it with others: their fields are those from one on. */
public record FieldsFrom(SlotTable table, int first) implements SlotTable {
  @Override
  public Column field(int index) {
    return table.field(first + index);
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public int limit() {
    return table.limit();
  }

  @Override
  public boolean isUsed(int number) {
    return table.isUsed(number);
  }

  @Override
  public int number(int slot) {
    return table.number(slot);
  }

  @Override
  public int slot(int number) {
    return table.slot(number);
  }

  @Override
  public void resolve(Column[] keys, int from, int to, int[] slots) {
    table.resolve(keys, from, to, slots);
  }

  @Override
  public int find(Column[] keys, int row) {
    return table.find(keys, row);
  }

  @Override
  public Column key(int index) {
    return table.key(index);
  }

  @Override
  public int generation() {
    return table.generation();
  }

  @Override
  public void touch(int slot) {
    table.touch(slot);
  }

  @Override
  public void remove(int slot) {
    table.remove(slot);
  }

  @Override
  public void clear() {
    table.clear();
  }
}
