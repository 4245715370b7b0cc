package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.KeyColumns;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes queries without aggregates over windows that close or are looked at now and then: all rows
 * of the window at each emission, in the order of their times, then of arrival. A list of them is
 * the window's only aggregate, and becomes rows again when it is sent. With EMIT CHANGES each row
 * by itself, when it enters.
 *
 * <p>What a column computes of a row alone is computed when the row comes, so that one that fails
 * enters no window; what also reads the window, when it is sent.
 */
final class WindowRows {
  private final Reporter reporter;
  private final SelectAnalyzer.Input input;
  private final SelectAnalyzer.Keys keys;
  private final Parts parts;

  private final ExplodedRows exploded;

  /** What is kept of each row. */
  private final List<RowExpression> kept = new ArrayList<>();

  WindowRows(Reporter reporter, SelectAnalyzer.Input input, SelectAnalyzer.Keys keys, Parts parts) {
    this.reporter = reporter;
    this.input = input;
    this.keys = keys;
    this.parts = parts;
    exploded = new ExplodedRows(parts);
  }

  /** Whether a query sends the rows of its window: not if it has columns of the window alone. */
  static boolean areSent(Parts parts, @Nullable EmitClause emit, Purpose purpose) {
    Grouping grouping = parts.grouping();
    WindowSpec window = grouping.window();
    boolean isOfRows =
        !parts.isGrouped()
            || (!parts.isGroupedBy()
                && grouping.isEmpty()
                && parts.columns().stream().anyMatch(c -> readsRow(c.expression())));
    return isOfRows
        && purpose != Purpose.ANSWER
        && parts.analytics().isEmpty()
        && !window.coversAll()
        && !(window instanceof RollupWindow)
        && window.usualEmission() != Emission.EACH_ROW
        && !(purpose == Purpose.STREAM && passesOn(window, emit));
  }

  /** Whether rows that enter a batch go on at once, and nothing else is sent. */
  private static boolean passesOn(WindowSpec window, @Nullable EmitClause emit) {
    return window instanceof WindowSpec.LengthBatch batch
        && !batch.numbersRows()
        && isOfEntering(emit);
  }

  private static boolean readsRow(RowExpression expression) {
    return expression instanceof ColumnReference column
        ? !Grouping.isMarked(column)
        : expression instanceof RowtimeReference
            || expression.operands().stream().anyMatch(WindowRows::readsRow);
  }

  /** The rows. */
  PlanNode plan(EmissionAnalyzer emissions, @Nullable EmitClause emit) {
    refuse(emit);
    Emission emission = emissions.choose(emit, input.window(), false);
    GroupKeys named = GroupKeys.of(keys, input);
    List<ResultColumn> columns =
        exploded.kept().stream()
            .map(it -> new ResultColumn(it.name(), keep(it.expression()), parts.select().span()))
            .toList();
    if (kept.isEmpty()) {
      kept.add(new Constant(true, DataType.BOOLEAN));
    }
    if (!isOfEntering(emit)) {
      PlanNode rows = exploded.over(together(emission, named, columns));
      return isOfChanges(emit) ? ChangedRowsAnalyzer.changedPairs(rows) : rows;
    }
    return exploded.over(
        parts.grouping().window() instanceof WindowSpec.LengthBatch
            ? enteringBatch(emission, named, columns)
            : entering(emission, named, columns));
  }

  /** All rows of the window, each time it is sent. */
  private PlanNode together(Emission emission, GroupKeys named, List<ResultColumn> columns) {
    List<NamedExpression> groupKeys = named.all();
    StructConstructor row = new StructConstructor(kept, struct());
    Grouping grouping = parts.grouping();
    DataType listType = DataType.array(row.type());
    RowExpression list =
        grouping.add(
            new AggregateCall(
                "", AggregateFunction.COLLECT_LIST, List.of(row), false, false, null, listType));
    PlanNode wanted =
        named.plan(windows(emission, named, List.of()), keys.group(), input.above(), false);
    PlanNode rows =
        Explosions.explode(
            wanted,
            List.of(
                new NamedExpression(
                    "row", grouping.place((ColumnReference) list, groupKeys.size()))));
    RowExpression element = new ColumnReference(rows.schema().size() - 1, row.type(), "row");
    return new ProjectNode(
        rows,
        sent(columns, groupKeys, kept -> new FieldAccess(element, kept.index(), kept.type())));
  }

  /**
   * A table of the rows: of each key the newest row in each window. It is the last one of a group
   * by that key, so that it is corrected as groups are. Elements of its rows are rows that enter by
   * themselves.
   */
  PlanNode table(Emission emission) {
    checkExplosions();
    if (!parts.explosions().isEmpty() && !parts.explosions().areFaulty()) {
      WindowSpec window = parts.grouping().window();
      if (window instanceof WindowSpec.LengthBatch batch) {
        return of(ElementRows.counted(batch, input, keys, parts)).table(emission);
      }
      if (findsLate(window)) {
        return of(ElementRows.withLate(input, keys, parts)).table(emission);
      }
    }
    List<RowExpression> tableKeys = tableKeys();
    SelectAnalyzer.Keys all = new SelectAnalyzer.Keys(keys.partition(), GroupingSets.of(tableKeys));
    GroupKeys named = GroupKeys.of(all, input);
    checkKeys(named);
    List<RowExpression> grouped = named.all().stream().map(NamedExpression::expression).toList();
    List<ResultColumn> columns =
        parts.columns().stream()
            .map(it -> grouped.contains(it.expression()) ? it : it.with(keep(it.expression())))
            .toList();
    if (kept.isEmpty()) {
      kept.add(new Constant(true, DataType.BOOLEAN));
    }
    StructConstructor row = new StructConstructor(kept, struct());
    RowExpression last =
        parts
            .grouping()
            .add(
                new AggregateCall(
                    "", AggregateFunction.LAST, List.of(row), false, false, null, row.type()));
    RowExpression newest = parts.grouping().place((ColumnReference) last, grouped.size());
    PlanNode groups =
        named.plan(
            windows(elements(), emission, named, List.of()), all.group(), input.above(), true);
    List<NamedExpression> selected = new ArrayList<>();
    for (ResultColumn column : columns) {
      int key = grouped.indexOf(column.expression());
      List<ResultColumn> one = List.of(key < 0 ? column : column.with(reference(groups, key)));
      selected.addAll(
          key < 0
              ? sent(one, named.all(), it -> new FieldAccess(newest, it.index(), it.type()))
              : ResultColumn.named(one));
    }
    return new ProjectNode(groups, selected);
  }

  /** The rows, or their elements in place of them. Those that are sorted first are late there. */
  private PlanNode elements() {
    Explosions explosions = parts.explosions();
    return explosions.isEmpty()
        ? input.plan()
        : explosions.over(LateIntoAnalyzer.withoutLate(input.plan()));
  }

  private WindowRows of(ElementRows rows) {
    return new WindowRows(reporter, rows.input(), rows.keys(), rows.parts());
  }

  /** Reports a table without a key, and one of sessions that are not those of its keys. */
  private void checkKeys(GroupKeys named) {
    if (named.all().isEmpty() && parts.tableKey().isEmpty()) {
      reporter.error(
          "missing-key",
          parts.fromSpan(),
          "a table has a row for each key, and the rows of this window have none",
          "name the key with PARTITION BY, or declare a PRIMARY KEY");
    } else if (parts.grouping().window().endsByGroup() && !named.group().isEmpty()) {
      reporter.error(
          "bad-window",
          parts.fromSpan(),
          "these sessions are of rows of all keys, and a table has a row for each key",
          "name the key with PARTITION BY, which makes sessions of each key");
    }
  }

  private static ColumnReference reference(PlanNode rows, int column) {
    Field field = rows.schema().field(column);
    return new ColumnReference(column, field.type(), field.name());
  }

  /**
   * By what the rows of a table are told apart beside PARTITION BY: the key that it declares, as
   * far as rows say it alone, else that of the source.
   */
  private List<RowExpression> tableKeys() {
    if (!parts.tableKey().isEmpty()) {
      return parts.tableKey().stream()
          .filter(column -> column < parts.columns().size())
          .map(column -> parts.columns().get(column).expression())
          .filter(key -> !readsWindow(key) && !(key instanceof Constant))
          .distinct()
          .toList();
    }
    return keys.partition().isEmpty() ? keysOfSource() : List.of();
  }

  /**
   * Whether each row is sent when it enters, instead of all together. Where rows are taken back
   * because their session is another one, all of both sessions are, and those that stay what they
   * are stay behind.
   */
  private static boolean isOfEntering(@Nullable EmitClause emit) {
    return isOfChanges(emit) && emit != null && !emit.isWithRetractions();
  }

  private static boolean isOfChanges(@Nullable EmitClause emit) {
    return emit != null && emit.mode() instanceof EmitMode.Changes;
  }

  /** Each row, when it enters a batch that is numbered: the last that the batch has then. */
  private PlanNode enteringBatch(Emission emission, GroupKeys named, List<ResultColumn> columns) {
    StructConstructor row = new StructConstructor(kept, struct());
    Grouping grouping = parts.grouping();
    RowExpression marked =
        grouping.add(
            new AggregateCall(
                "", AggregateFunction.LAST, List.of(row), false, false, null, row.type()));
    PlanNode rows =
        named.plan(windows(emission, named, List.of()), keys.group(), input.above(), false);
    RowExpression last = grouping.place((ColumnReference) marked, named.all().size());
    return new ProjectNode(
        rows, sent(columns, named.all(), kept -> new FieldAccess(last, kept.index(), kept.type())));
  }

  /** Each row, when it enters a window: what the window carries of the row for which it sends. */
  private PlanNode entering(Emission emission, GroupKeys named, List<ResultColumn> columns) {
    List<NamedExpression> carried = new ArrayList<>();
    for (RowExpression value : kept) {
      carried.add(new NamedExpression("row_" + carried.size(), value));
    }
    AggregateNode windows = windows(emission, named, carried);
    int first = windows.schema().size() - carried.size();
    return new ProjectNode(
        named.plan(windows, keys.group(), input.above(), false),
        sent(
            columns,
            named.all(),
            kept -> new ColumnReference(first + kept.index(), kept.type(), kept.name())));
  }

  private AggregateNode windows(Emission emission, GroupKeys named, List<NamedExpression> carried) {
    return windows(input.plan(), emission, named, carried);
  }

  private AggregateNode windows(
      PlanNode rows, Emission emission, GroupKeys named, List<NamedExpression> carried) {
    Grouping grouping = parts.grouping();
    return new AggregateNode(
        rows,
        grouping.window(),
        named.partition(),
        named.group(),
        grouping.calls(),
        carried,
        emission,
        grouping.schema(named.all(), carried));
  }

  /** Reports elements that nothing tells apart in a table. */
  private void checkExplosions() {
    if (parts.explosions().isEmpty()) {
      return;
    }
    if (parts.tableKey().isEmpty()) {
      reporter.error(
          "missing-key",
          parts.explosions().span(),
          "the number of an element is part of the key of a table, and EXPLODE does not give it",
          "declare a PRIMARY KEY, or use SELECT DISTINCT or GROUP BY, which make tables of elements");
    }
  }

  /**
   * Whether rows are late for the window that are wanted then. Those of sessions are refused: with
   * rows that have no elements they would be others.
   */
  private boolean findsLate(WindowSpec window) {
    boolean findsLate = input.plan() instanceof LateIntoNode && !window.isOrdered();
    if (findsLate && window.endsByGroup()) {
      reporter.error(
          "bad-late-into",
          parts.fromSpan(),
          "these sessions are of the elements, so that it cannot be said of a row without any"
              + " whether it is late for them",
          "write EXPLODE in a query of FROM, below the window, where each element is late by"
              + " itself, or LATE DROP");
      return false;
    }
    return findsLate;
  }

  private void refuse(@Nullable EmitClause emit) {
    if (emit == null) {
      return;
    }
    if (emit.isWithRetractions()
        && emit.mode() instanceof EmitMode.Changes
        && !parts.grouping().window().endsByGroup()) {
      reporter.error(
          "bad-emit",
          emit.span(),
          "WITH RETRACTIONS is for results that change, but each row of this query is final when it"
              + " comes",
          "leave it out");
    }
  }

  private DataType struct() {
    List<Field> fields = new ArrayList<>();
    for (RowExpression value : kept) {
      fields.add(new Field("c" + fields.size(), value.type()));
    }
    return new DataType.StructOf(fields);
  }

  /** A reference to what is kept; the parts of an expression that read the window stay. */
  private RowExpression keep(RowExpression expression) {
    if (expression instanceof Constant) {
      return expression;
    }
    return readsWindow(expression)
        ? ExpressionRebuilder.topDown(
            expression,
            part ->
                part instanceof RowtimeReference
                        || (part instanceof ColumnReference column && !Grouping.isMarked(column))
                    ? reference(part)
                    : null)
        : reference(expression);
  }

  static boolean readsWindow(RowExpression expression) {
    return expression instanceof ColumnReference column
        ? Grouping.isMarked(column)
        : expression.operands().stream().anyMatch(WindowRows::readsWindow);
  }

  /** Equal values are kept once, but for those that differ from time to time. */
  private RowExpression reference(RowExpression value) {
    int place = value.isDeterministic() ? kept.indexOf(value) : -1;
    if (place < 0) {
      place = kept.size();
      kept.add(value);
    }
    return new ColumnReference(place, value.type(), "kept");
  }

  /** What is sent: what is kept of the row, and columns of its window. */
  private List<NamedExpression> sent(
      List<ResultColumn> columns,
      List<NamedExpression> groupKeys,
      Function<ColumnReference, RowExpression> ofRow) {
    return ResultColumn.named(
        columns.stream()
            .map(
                column ->
                    column.with(
                        ExpressionRebuilder.topDown(
                            column.expression(),
                            part ->
                                part instanceof ColumnReference it
                                    ? sent(it, groupKeys, ofRow)
                                    : null)))
            .toList());
  }

  private RowExpression sent(
      ColumnReference column,
      List<NamedExpression> groupKeys,
      Function<ColumnReference, RowExpression> ofRow) {
    return Grouping.isMarked(column)
        ? parts.grouping().place(column, groupKeys.size())
        : ofRow.apply(column);
  }

  /**
   * The columns of the result that are its key: those of PARTITION BY, else of the only source, as
   * far as they are selected; empty for a table, whose groups say it.
   */
  Optional<List<Integer>> keyColumns(Purpose purpose) {
    if (purpose == Purpose.TABLE) {
      return Optional.empty();
    }
    Map<RowExpression, Integer> places = new HashMap<>();
    for (int i = 0; i < parts.columns().size(); i++) {
      places.putIfAbsent(parts.columns().get(i).expression(), i);
    }
    List<RowExpression> wanted = keys.partition().isEmpty() ? keysOfSource() : keys.partition();
    return Optional.of(wanted.stream().filter(places::containsKey).map(places::get).toList());
  }

  private List<RowExpression> keysOfSource() {
    return KeyColumns.of(input.plan(), false).columns().stream()
        .<RowExpression>map(key -> reference(input.plan(), key))
        .toList();
  }
}
