package io.millrace.language.analysis;

import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sets of keys by which a query groups. If there are several, each row becomes one row per set:
 * with the number of the set as a further key, and NULL in the place of each key that the set does
 * not have. So aggregates, windows and their state know nothing of them.
 *
 * @param keys all keys, each once
 * @param sets for each set the indexes of its keys
 */
record GroupingSets(List<RowExpression> keys, List<BitSet> sets) {
  /** More would make a flood of each row: a CUBE of eight keys. */
  static final int MOST = 256;

  private static final String SET = "grouping_set";

  GroupingSets {
    keys = List.copyOf(keys);
    sets = List.copyOf(sets);
  }

  boolean areSeveral() {
    return sets.size() > 1;
  }

  /** The column with the number of the set, behind those of the input. */
  private static ColumnReference number(PlanNode input) {
    return new ColumnReference(input.schema().size(), DataType.INT, SET);
  }

  /** The rows of the input, each once for each set. */
  PlanNode over(PlanNode input) {
    List<RowExpression> numbers = new ArrayList<>();
    for (int set = 0; set < sets.size(); set++) {
      numbers.add(new Constant((long) set, DataType.INT));
    }
    RowExpression array = new ArrayConstructor(numbers, new DataType.Array(DataType.INT));
    return Explosions.explode(input, List.of(new NamedExpression(SET, array)));
  }

  /** The last key: which set it is. */
  static NamedExpression last(PlanNode input) {
    return new NamedExpression(SET, number(input));
  }

  /** The keys as they are in the rows of {@link #over}. */
  List<NamedExpression> chosen(List<NamedExpression> given, PlanNode input) {
    ColumnReference number = number(input);
    return given.stream()
        .map(key -> new NamedExpression(key.name(), chosen(key.expression(), number)))
        .toList();
  }

  private RowExpression chosen(RowExpression key, ColumnReference number) {
    int index = keys.indexOf(key);
    if (index < 0 || sets.stream().allMatch(set -> set.get(index))) {
      return key;
    }
    List<RowExpression> having = new ArrayList<>();
    for (int set = 0; set < sets.size(); set++) {
      if (sets.get(set).get(index)) {
        having.add(new Constant((long) set, DataType.INT));
      }
    }
    return new Case(
        List.of(new Case.When(new InList(number, having), key)), Constant.nullOf(key.type()));
  }

  /**
   * The value of GROUPING: a bit for each argument, the last one's the lowest; 1 where the row's
   * set does not have the key.
   *
   * @param arguments keys
   * @param number the column with the number of the set
   */
  RowExpression missing(List<RowExpression> arguments, ColumnReference number) {
    Map<Long, List<RowExpression>> setsByBits = new TreeMap<>();
    for (int set = 0; set < sets.size(); set++) {
      long bits = 0;
      for (RowExpression argument : arguments) {
        int index = keys.indexOf(argument);
        bits = 2 * bits + (index < 0 || sets.get(set).get(index) ? 0 : 1);
      }
      setsByBits
          .computeIfAbsent(bits, absent -> new ArrayList<>())
          .add(new Constant((long) set, DataType.INT));
    }
    if (setsByBits.size() == 1) {
      return new Constant(setsByBits.keySet().iterator().next(), DataType.INT);
    }
    List<Case.When> whens = new ArrayList<>();
    setsByBits.forEach(
        (bits, numbers) ->
            whens.add(
                new Case.When(new InList(number, numbers), new Constant(bits, DataType.INT))));
    return new Case(whens, Constant.nullOf(DataType.INT));
  }
}
