package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.InsertQuery;
import io.millrace.language.ast.InsertValues;
import io.millrace.language.ast.ValuesRow;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.EventsNode;
import io.millrace.language.plan.KeyColumns;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.rewrite.PlanRewriter;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Feeds streams: fits results of queries, and constant rows, to the columns of their target. */
final class InsertAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final Streams streams;
  private final QueryAnalyzer queries;
  private final ScriptBuilder script;

  InsertAnalyzer(
      AnalysisContext context, Streams streams, QueryAnalyzer queries, ScriptBuilder script) {
    this.context = context;
    this.reporter = context.reporter();
    this.streams = streams;
    this.queries = queries;
    this.script = script;
  }

  boolean query(InsertQuery insert, String text) {
    int before = reporter.errorCount();
    Optional<StreamSymbol> target = target(insert.target());
    if (target.isPresent() && lacksKey(target.get().declaration(), insert)) {
      return false;
    }
    boolean intoTable = target.isPresent() && target.get().declaration().isTable();
    AnalyzedQuery query =
        queries.analyze(
            insert.query(),
            intoTable,
            new WantedColumns(
                false,
                target.map(it -> types(it, insert)).orElse(List.of()),
                target.map(it -> key(it, insert)).orElse(List.of())));
    if (target.isPresent() && !target.get().isOpen()) {
      StreamDeclaration stream = target.get().declaration();
      add(
          stream,
          query,
          new Columns(insert.columns(), true, insert.query().select().isDistinct()),
          text,
          insert.span());
    }
    return reporter.errorCount() == before;
  }

  /** The types of the columns that a query gives; empty if one of them is not known. */
  private static List<DataType> types(StreamSymbol target, InsertQuery insert) {
    Schema schema = target.declaration().schema();
    List<DataType> types = new ArrayList<>();
    for (Identifier column : insert.columns()) {
      schema.fields().stream()
          .filter(field -> column.matches(field.name()))
          .forEach(field -> types.add(field.type()));
    }
    return insert.columns().isEmpty() ? schema.fields().stream().map(Field::type).toList() : types;
  }

  /** Which of the columns that a query gives are the key of its target. */
  private static List<Integer> key(StreamSymbol target, InsertQuery insert) {
    StreamDeclaration stream = target.declaration();
    List<Integer> places = new ArrayList<>();
    for (int key : stream.keyColumns()) {
      String name = stream.schema().name(key);
      IntStream.range(0, insert.columns().size())
          .filter(i -> insert.columns().get(i).matches(name))
          .forEach(places::add);
    }
    return insert.columns().isEmpty() ? stream.keyColumns() : places;
  }

  /**
   * Reports a table whose key is not among the columns that are given: what the query would say of
   * its own key has nothing to do with it.
   */
  private boolean lacksKey(StreamDeclaration target, InsertQuery insert) {
    List<String> names = target.schema().names();
    boolean areKnown =
        insert.columns().stream().allMatch(column -> names.stream().anyMatch(column::matches));
    boolean lacksKey =
        target.isTable()
            && !insert.columns().isEmpty()
            && areKnown
            && target.keyColumns().stream()
                .map(names::get)
                .anyMatch(key -> insert.columns().stream().noneMatch(it -> it.matches(key)));
    if (lacksKey) {
      reporter.error(
          "missing-key",
          insert.span(),
          "'" + target.name() + "' is kept by a key that this query does not give",
          "select a value for each of its PRIMARY KEY columns");
    }
    return lacksKey;
  }

  private Optional<StreamSymbol> target(Identifier name) {
    Optional<StreamSymbol> target = streams.get(name);
    if (target.isPresent()) {
      StreamDeclaration stream = target.get().declaration();
      if (stream.rollup() != null) {
        reporter.error(
            "bad-target",
            name.span(),
            "'" + stream.name() + "' is an aggregation: its own query alone feeds it");
        return Optional.empty();
      }
      if (stream.connector() != null && !stream.isDerived()) {
        reporter.error(
            "bad-target",
            name.span(),
            "'"
                + stream.name()
                + "' takes its rows from connector '"
                + stream.connector()
                + "' in a script that runs already");
      }
    }
    return target;
  }

  /**
   * The columns of a stream that a query gives.
   *
   * @param given empty for all, in order
   * @param hasOwnKey whether the stream has a key of its own; else it has that of the query
   * @param areDistinct whether equal rows are one
   */
  record Columns(List<Identifier> given, boolean hasOwnKey, boolean areDistinct) {}

  /** Adds a query that feeds a stream. */
  void add(StreamDeclaration target, AnalyzedQuery query, Columns columns, String text, Span span) {
    if (query.isOpen()) {
      return;
    }
    Schema result = query.plan().schema();
    Optional<int[]> places = places(target, columns.given(), result.size(), span);
    if (places.isEmpty()) {
      return;
    }
    boolean hasOtherKey = false;
    boolean areChanges = query.plan().isChangelog();
    if (areChanges && target.isTable() && columns.hasOwnKey()) {
      hasOtherKey = hasOtherKey(target, query.plan(), places.get());
    }
    Optional<KeyedChanges> rekeyed =
        hasOtherKey ? Optional.of(KeyedChanges.of(query.plan())) : Optional.empty();
    List<NamedExpression> fitted = new ArrayList<>();
    boolean isChanged = !columns.given().isEmpty();
    for (int i = 0; i < target.schema().size(); i++) {
      int from = places.get()[i];
      DataType type = target.schema().type(i);
      RowExpression value = Constant.nullOf(type);
      if (from >= 0) {
        RowExpression given = new ColumnReference(from, result.type(from), result.name(from));
        value =
            result.type(from) == DataType.NULL
                ? Reporter.faulty()
                : fit(given, type, query.spans().get(from), target, i);
        isChanged |= value != given;
      }
      fitted.add(new NamedExpression(target.schema().name(i), value));
    }
    PlanNode rows = query.plan();
    if (areChanges && !target.isTable()) {
      rows = events(rows, columns.areDistinct());
    }
    List<NamedExpression> given = isChanged ? fitted : List.of();
    PlanNode root =
        rekeyed.isPresent()
            ? new RekeyedTable(target, rekeyed.get()).plan(given, places.get())
            : isChanged ? new ProjectNode(rows, given) : rows;
    context.inheritedLate().feed(target, query.late().rows());
    script.addQuery(target, root, query.showsReplaced(), text, span);
  }

  /**
   * Changes as events: what rows have become.
   *
   * @param areDistinct whether a row that has become an equal one is none
   */
  private static PlanNode events(PlanNode changes, boolean areDistinct) {
    if (!areDistinct) {
      return new EventsNode(changes);
    }
    KeyedChanges keyed = KeyedChanges.of(changes);
    int columns = changes.schema().size();
    PlanNode changed = new ChangedRowsNode(keyed.plan(), columns, keyed.keys(), 0, true);
    return new EventsNode(ProjectNode.first(changed, columns));
  }

  /**
   * Whether a table knows a row by another key than the query: then of the rows with one key of the
   * table the last to come is its row. It does, too, where several keys become one of its own.
   */
  private static boolean hasOtherKey(StreamDeclaration target, PlanNode plan, int[] places) {
    KeyColumns key = KeyColumns.of(plan, true);
    Set<Integer> taken = new HashSet<>();
    boolean areApart = true;
    for (int column : target.keyColumns()) {
      int place = places[column];
      taken.add(place);
      areApart &= Widening.keepsApart(plan.schema().type(place), target.schema().type(column));
    }
    return !areApart || !key.isComplete() || !taken.equals(Set.copyOf(key.columns()));
  }

  private RowExpression fit(
      RowExpression value, DataType type, Span span, StreamDeclaration target, int column) {
    String purpose = "column '" + target.schema().name(column) + "' of '" + target.name() + "'";
    return context.coercion().coerce(value, type, span, purpose);
  }

  /** For each column of the stream, which value it gets; -1 for NULL. Empty after a report. */
  private Optional<int[]> places(
      StreamDeclaration target, List<Identifier> columns, int values, Span span) {
    int[] places = new int[target.schema().size()];
    int expected = columns.isEmpty() ? places.length : columns.size();
    if (expected != values) {
      reporter.error(
          "column-count",
          span,
          "'"
              + target.name()
              + "' takes "
              + expected
              + (expected == 1 ? " column" : " columns")
              + ", found "
              + values,
          "its columns are " + String.join(", ", target.schema().names()));
      return Optional.empty();
    }
    Arrays.fill(places, -1);
    for (int i = 0; i < values; i++) {
      int place = columns.isEmpty() ? i : place(target, columns.get(i));
      if (place < 0) {
        return Optional.empty();
      }
      if (places[place] >= 0) {
        Identifier column = columns.get(i);
        reporter.error(
            "duplicate-name", column.span(), "column '" + column.name() + "' is given twice");
        return Optional.empty();
      }
      places[place] = i;
    }
    return Optional.of(places);
  }

  private int place(StreamDeclaration target, Identifier column) {
    for (int i = 0; i < target.schema().size(); i++) {
      if (column.matches(target.schema().name(i))) {
        return i;
      }
    }
    reporter.error(
        "unknown-column",
        column.span(),
        "'" + target.name() + "' has no column '" + column.name() + "'",
        NearestName.hint(column.name(), target.schema().names()));
    return -1;
  }

  boolean values(InsertValues insert) {
    int before = reporter.errorCount();
    Optional<StreamSymbol> target = target(insert.target());
    if (target.isPresent() && !target.get().isOpen()) {
      StreamDeclaration stream = target.get().declaration();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (ValuesRow row : insert.rows()) {
        places(stream, insert.columns(), row.values().size(), row.span())
            .ifPresent(places -> rows.add(row(row, places, stream)));
      }
      script.addConstants(stream, rows);
    }
    return reporter.errorCount() == before;
  }

  private List<@Nullable Object> row(ValuesRow row, int[] places, StreamDeclaration target) {
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(context, Scope.EMPTY, Clause.plain("VALUES"));
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0) {
        values.add(null);
        continue;
      }
      Expression syntax = row.values().get(places[i]);
      RowExpression value = PlanRewriter.rewrite(expressions.analyze(syntax));
      RowExpression fitted =
          PlanRewriter.rewrite(fit(value, target.schema().type(i), syntax.span(), target, i));
      if (fitted instanceof Constant constant) {
        values.add(constant.value());
      } else {
        reporter.error(
            "not-constant",
            syntax.span(),
            "the value of column '" + target.schema().name(i) + "' must be a constant");
        values.add(null);
      }
    }
    return Collections.unmodifiableList(values);
  }
}
