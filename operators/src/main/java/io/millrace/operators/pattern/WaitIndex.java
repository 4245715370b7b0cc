package io.millrace.operators.pattern;

import io.millrace.operators.pattern.PatternVariable.Equality;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the attempts that wait for an event of one variable by what must be equal: the columns of
 * the pattern's key, and what is kept of other events. An event then meets those with its values,
 * and not all.
 */
final class WaitIndex {
  private static final int VERSION = 1;
  private final PatternSpec spec;
  private final int variable;
  private final List<Equality> equalities;
  private final SlotTable attempts;
  private final SlotTable values;
  private final Chain chain;
  private final Kept kept;

  /** A row of all that is kept. */
  private final Column[] row;

  private final Column[] key;
  private final Column[] own;
  private final int[] slots = new int[1];
  private final AttemptKeys keyOf;

  /** Writes the columns of an attempt's key. */
  @FunctionalInterface
  interface AttemptKeys {
    void write(int attempt, Column[] columns);
  }

  WaitIndex(
      PatternSpec spec,
      int variable,
      SlotTable attempts,
      String name,
      int firstOfMember,
      Kept kept,
      AttemptKeys keyOf,
      OperatorContext context) {
    this.spec = spec;
    this.variable = variable;
    this.equalities = spec.variables().get(variable).equalities();
    this.attempts = attempts;
    this.kept = kept;
    this.keyOf = keyOf;
    List<DataType> types = new ArrayList<>(spec.keyTypes());
    List<Integer> inputs = new ArrayList<>(spec.keys());
    for (Equality equality : equalities) {
      types.add(spec.output().type(spec.keys().size() + equality.kept()));
      inputs.add(SlotTableSpec.MADE);
    }
    this.values =
        context
            .state()
            .slotTable(
                new SlotTableSpec(table(variable), VERSION, types, Chain.ofOwner("wait", name))
                    .keyedBy(inputs));
    this.chain = new Chain(values, 0, attempts, firstOfMember);
    this.row = spec.keptRow();
    this.key = new Column[types.size()];
    this.own = new Column[types.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = Column.of(types.get(i).layout(), 1);
    }
  }

  /** The name of the table of a variable's values. */
  static String table(int variable) {
    return "wait" + variable;
  }

  int variable() {
    return variable;
  }

  /** The first attempt that an event may meet, or {@link Chain#NONE}. */
  int first(PatternEvent event) {
    int keys = event.keys().length;
    System.arraycopy(event.keys(), 0, key, 0, keys);
    for (int i = 0; i < equalities.size(); i++) {
      Column column = event.batch().column(equalities.get(i).column());
      if (column.isNull(event.row())) {
        return Chain.NONE;
      }
      key[keys + i] = column;
    }
    int slot = values.find(key, event.row());
    return slot < 0 ? Chain.NONE : chain.first(values.number(slot));
  }

  int next(int attempt) {
    return chain.next(attempt);
  }

  /** Puts an attempt where it is found, if it waits for an event of the variable. */
  void put(Attempt attempt) {
    boolean waits = (attempt.waits >>> variable & 1) != 0;
    remove(attempt.number);
    if (waits && read(attempt.number)) {
      values.resolve(own, 0, 1, slots);
      chain.add(values.number(slots[0]), attempt.number);
    }
  }

  /** Reads the values of an attempt; whether none is NULL, so that an event may equal them. */
  private boolean read(int attempt) {
    for (Column column : own) {
      column.clearNulls();
    }
    for (Column column : row) {
      column.clearNulls();
    }
    keyOf.write(attempt, own);
    int first = spec.keys().size();
    for (int i = 0; i < equalities.size(); i++) {
      Equality equality = equalities.get(i);
      kept.write(equality.variable(), attempts.slot(attempt), row, 0, 0);
      if (row[equality.kept()].isNull(0)) {
        return false;
      }
      own[first + i].copy(row[equality.kept()], 0, 0);
    }
    return true;
  }

  void remove(int attempt) {
    int owner = chain.remove(attempt);
    if (owner != Chain.NONE && chain.first(owner) == Chain.NONE) {
      values.remove(values.slot(owner));
    }
  }
}
