package io.millrace.language.analysis;

import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.ExpressionPrinter;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sets of keys by which a query groups. If there are several, each row becomes one row per set:
 * with the number of the set as a further key, and NULL in the place of each key that the set does
 * not have. So aggregates, windows and their state know nothing of them. Where rows of a window are
 * counted or compared, the number is a key of PARTITION BY, so that each set has a window of its
 * own with every row once.
 *
 * @param keys all keys, each once
 * @param sets for each set the indexes of its keys
 * @param areNumberedByKeys whether the number of a set is what GROUPING says of its {@link
 *     #varying} keys, so that it may be selected; else its place
 */
record GroupingSets(List<RowExpression> keys, List<BitSet> sets, boolean areNumberedByKeys) {
  /** More would make a flood of each row: a CUBE of eight keys. */
  static final int MOST = 256;

  /** GROUPING is an INT. */
  private static final int MOST_BITS = Integer.SIZE - 1;

  private static final String SET = "grouping_set";

  GroupingSets {
    keys = List.copyOf(keys);
    sets = List.copyOf(sets);
  }

  /** Numbered by their places. */
  GroupingSets(List<RowExpression> keys, List<BitSet> sets) {
    this(keys, sets, false);
  }

  /** The same, numbered by their keys. */
  GroupingSets numberedByKeys() {
    return new GroupingSets(keys, sets, true);
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

  /** The keys that some of the sets do not have, in their order. */
  List<RowExpression> varying() {
    return IntStream.range(0, keys.size())
        .filter(key -> !sets.stream().allMatch(set -> set.get(key)))
        .mapToObj(keys::get)
        .toList();
  }

  /** What stands for a set in its rows. */
  private long number(int set) {
    return areNumberedByKeys ? missing(varying(), set) : set;
  }

  /** What stands for the first set. */
  Constant first() {
    return new Constant(number(0), DataType.INT);
  }

  /** A further key, until {@link #expand} says where it is: which set it is. */
  static NamedExpression last(PlanNode input) {
    return new NamedExpression(SET, number(input));
  }

  /** Whether a key is that of {@link #last}. */
  static boolean isLast(NamedExpression key, PlanNode input) {
    return key.expression().equals(number(input));
  }

  /** The column with the number of the set, behind those of the input. */
  private static ColumnReference number(PlanNode input) {
    return new ColumnReference(input.schema().size(), DataType.INT, SET);
  }

  /**
   * The groups of all sets. What keys, aggregates and the window compute is computed before a row
   * becomes several, so that it is, and fails, once for each row.
   *
   * @param groups by all keys, among them the number of the set
   * @param given the group keys as they are written
   */
  AggregateNode expand(AggregateNode groups, List<NamedExpression> given) {
    PlanNode input = LateIntoAnalyzer.withoutLate(groups.input());
    Computed computed = new Computed(input);
    List<NamedExpression> partition = computed.named(groups.partitionKeys());
    List<NamedExpression> values = computed.named(groups.groupKeys());
    List<AggregateCall> calls =
        groups.aggregates().stream().map(call -> call.mapped(computed::column)).toList();
    WindowSpec window = groups.window().mapExpressions(computed::column);
    PlanNode rows = new ProjectNode(input, computed.columns);
    UnaryOperator<NamedExpression> numbered = key -> isLast(key, input) ? last(rows) : key;
    List<NamedExpression> chosen = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      int index = keys.indexOf(given.get(i).expression());
      NamedExpression value = numbered.apply(values.get(i));
      chosen.add(index < 0 ? value : chosen(index, value, number(rows)));
    }
    PlanNode copies = copies(rows);
    return new AggregateNode(
        LateIntoAnalyzer.ofCopies(groups.input(), copies, number(rows)),
        window,
        partition.stream().map(numbered).toList(),
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
      numbers.add(new Constant(number(set), DataType.INT));
    }
    RowExpression array = new ArrayConstructor(numbers, new DataType.Array(DataType.INT));
    return Explosions.explode(rows, List.of(new NamedExpression(SET, array)));
  }

  /** The value of a key in the sets that have it, else NULL. */
  private NamedExpression chosen(int index, NamedExpression key, ColumnReference number) {
    if (sets.stream().allMatch(set -> set.get(index))) {
      return key;
    }
    List<RowExpression> having = new ArrayList<>();
    for (int set = 0; set < sets.size(); set++) {
      if (sets.get(set).get(index)) {
        having.add(new Constant(number(set), DataType.INT));
      }
    }
    RowExpression value = key.expression();
    return new NamedExpression(
        key.name(),
        new Case(
            List.of(new Case.When(new InList(number, having), value)),
            Constant.nullOf(value.type())));
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
    boolean isNumber = areNumberedByKeys;
    for (int set = 0; set < sets.size(); set++) {
      long bits = missing(arguments, set);
      isNumber &= bits == number(set);
      setsByBits
          .computeIfAbsent(bits, absent -> new ArrayList<>())
          .add(new Constant(number(set), DataType.INT));
    }
    if (isNumber) {
      return number;
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

  private long missing(List<RowExpression> arguments, int set) {
    long bits = 0;
    for (RowExpression argument : arguments) {
      int index = keys.indexOf(argument);
      bits = 2 * bits + (index < 0 || sets.get(set).get(index) ? 0 : 1);
    }
    return bits;
  }

  /** Which of the keys says which set it is; -1 if there is one set. */
  int placeIn(List<NamedExpression> all, PlanNode input) {
    return IntStream.range(0, all.size())
        .filter(key -> areSeveral() && isLast(all.get(key), input))
        .findFirst()
        .orElse(-1);
  }

  /**
   * Checks that the rows of a table have its key.
   *
   * @param set the column of the groups that says which set it is
   */
  void checkTable(Reporter reporter, Span span, List<ResultColumn> results, int set) {
    long different = IntStream.range(0, sets.size()).mapToLong(this::number).distinct().count();
    if (different < sets.size()) {
      reporter.error(
          "bad-grouping",
          span,
          "two sets have the same keys, and a table has one row for each key",
          "leave one of them out");
    } else if (varying().size() > MOST_BITS) {
      reporter.error(
          "bad-grouping",
          span,
          "GROUPING tells " + MOST_BITS + " keys apart at most, and a table needs that as its key");
    } else if (results.stream().noneMatch(it -> isColumn(it.expression(), set))) {
      reporter.error(
          "missing-key",
          span,
          "a table of several sets of keys needs to say of each row which set it is of",
          "add GROUPING("
              + varying().stream().map(ExpressionPrinter::print).collect(Collectors.joining(", "))
              + ") to the select list: it is part of the table's key");
    }
  }

  private static boolean isColumn(RowExpression expression, int index) {
    return expression instanceof ColumnReference column && column.index() == index;
  }

  /** Whether each set needs a window of its own. */
  boolean areApart(WindowSpec window) {
    return areSeveral() && !areTakenBy(window);
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
