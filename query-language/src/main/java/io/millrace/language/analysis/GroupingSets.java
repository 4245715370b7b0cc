package io.millrace.language.analysis;

import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.SlidingSnapshots;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
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

  /** Of aggregates of all rows. */
  static GroupingSets none() {
    return new GroupingSets(List.of(), List.of(new BitSet()));
  }

  /** Of one set of keys. */
  static GroupingSets of(List<RowExpression> keys) {
    BitSet all = new BitSet();
    all.set(0, keys.size());
    return new GroupingSets(keys, List.of(all));
  }

  boolean areSeveral() {
    return sets.size() > 1;
  }

  /** The last key, until {@link #expand} says where it is: which set it is. */
  static NamedExpression last(PlanNode input) {
    return new NamedExpression(SET, number(input));
  }

  /** The column with the number of the set, behind those of the input. */
  private static ColumnReference number(PlanNode input) {
    return new ColumnReference(input.schema().size(), DataType.INT, SET);
  }

  /**
   * The groups of all sets. What keys and aggregates compute is computed before a row becomes
   * several, so that it is, and fails, once for each row.
   *
   * @param groups by all keys, the number of the set as the last
   */
  AggregateNode expand(AggregateNode groups) {
    Computed computed = new Computed(groups.input());
    List<NamedExpression> partition = computed.named(groups.partitionKeys());
    List<NamedExpression> given = groups.groupKeys().subList(0, groups.groupKeys().size() - 1);
    List<NamedExpression> values = computed.named(given);
    List<AggregateCall> calls =
        groups.aggregates().stream().map(call -> call.mapped(computed::column)).toList();
    PlanNode rows = new ProjectNode(groups.input(), computed.columns);
    List<NamedExpression> chosen = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      int index = keys.indexOf(given.get(i).expression());
      RowExpression value = chosen(index, values.get(i).expression(), number(rows));
      chosen.add(new NamedExpression(given.get(i).name(), value));
    }
    chosen.add(last(rows));
    return new AggregateNode(
        copies(rows),
        groups.window(),
        partition,
        chosen,
        calls,
        groups.carried(),
        groups.emission(),
        groups.schema());
  }

  /** The columns of an input, then what is computed of them. */
  private static final class Computed {
    final List<NamedExpression> columns = new ArrayList<>();

    Computed(PlanNode input) {
      for (int i = 0; i < input.schema().size(); i++) {
        String name = input.schema().name(i);
        columns.add(
            new NamedExpression(name, new ColumnReference(i, input.schema().type(i), name)));
      }
    }

    List<NamedExpression> named(List<NamedExpression> expressions) {
      return expressions.stream()
          .map(it -> new NamedExpression(it.name(), column(it.expression())))
          .toList();
    }

    /** The column of an expression; equal ones share one. */
    RowExpression column(RowExpression expression) {
      if (expression instanceof ColumnReference || expression instanceof Constant) {
        return expression;
      }
      int index = columns.size();
      for (int i = 0; i < columns.size() && expression.isDeterministic(); i++) {
        index = columns.get(i).expression().equals(expression) ? i : index;
      }
      if (index == columns.size()) {
        columns.add(new NamedExpression("computed_" + (index + 1), expression));
      }
      return new ColumnReference(index, expression.type(), columns.get(index).name());
    }
  }

  /** Each row once for each set, with the number of the set behind it. */
  private PlanNode copies(PlanNode rows) {
    List<RowExpression> numbers = new ArrayList<>();
    for (int set = 0; set < sets.size(); set++) {
      numbers.add(new Constant((long) set, DataType.INT));
    }
    RowExpression array = new ArrayConstructor(numbers, new DataType.Array(DataType.INT));
    return Explosions.explode(rows, List.of(new NamedExpression(SET, array)));
  }

  /** The value of a key in the sets that have it, else NULL. */
  private RowExpression chosen(int index, RowExpression value, ColumnReference number) {
    if (sets.stream().allMatch(set -> set.get(index))) {
      return value;
    }
    List<RowExpression> having = new ArrayList<>();
    for (int set = 0; set < sets.size(); set++) {
      if (sets.get(set).get(index)) {
        having.add(new Constant((long) set, DataType.INT));
      }
    }
    return new Case(
        List.of(new Case.When(new InList(number, having), value)), Constant.nullOf(value.type()));
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

  /**
   * Reports several sets where they do not run.
   *
   * @param ofTable whether a table is read or made
   */
  static void refuse(Reporter reporter, SelectAnalyzer.Input input, boolean ofTable, Span span) {
    if (input.above().isPresent()) {
      reporter.unsupported(UnsupportedFeature.WHERE_OVER_NAMED_WINDOW, span);
    }
    if (!input.isFaulty() && !areTakenBy(input.window())) {
      reporter.unsupported(
          UnsupportedFeature.GROUPING_SETS_IN_WINDOW, span, "write a query for each set of keys");
    }
    if (ofTable) {
      reporter.unsupported(
          UnsupportedFeature.TABLE_OF_GROUPING_SETS, span, "make a table for each set of keys");
    }
  }

  /** Whether the contents of a window stay what they are when each row comes once per set. */
  static boolean areTakenBy(WindowSpec window) {
    return window.keepsGroupsApart()
        || (window instanceof WindowSpec.Snapshots all && !all.countsRows())
        || (window instanceof SlidingSnapshots looks
            && !looks.countsRows()
            && areTakenBy(looks.of()))
        || window instanceof WindowSpec.TimeSlide
        || window instanceof WindowSpec.TimeBatch;
  }

  /**
   * Keys with their names, or with their numbers.
   *
   * @param from the number of keys before them
   */
  static List<NamedExpression> named(List<RowExpression> keys, int from) {
    List<NamedExpression> named = new ArrayList<>();
    for (RowExpression key : keys) {
      String name =
          key instanceof ColumnReference column
              ? column.name()
              : "key_" + (from + named.size() + 1);
      named.add(new NamedExpression(name, key));
    }
    return named;
  }
}
