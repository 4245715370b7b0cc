package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.FieldExpression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.LateClause;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.PartitionClause;
import io.millrace.language.ast.StreamReference;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.UnionNode;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a pattern reads, each once, in the order in which it names them first; and the
 * input that they make together (see {@link io.millrace.language.plan.PatternNode}).
 */
final class PatternStreams {
  /** The first column of the input: which of the streams an event is of. */
  private static final String NUMBER = "stream";

  private final AnalysisContext context;
  private final Reporter reporter;
  private final RelationAnalyzer relations;
  private final List<Stream> streams = new ArrayList<>();

  /** Of each key its value in each stream, all of one type. */
  private final List<Key> keys = new ArrayList<>();

  private record Stream(String name, AnalyzedRelation rows, List<Scope.Column> columns) {}

  private record Key(String name, List<RowExpression> values) {}

  PatternStreams(AnalysisContext context, RelationAnalyzer relations) {
    this.context = context;
    this.reporter = context.reporter();
    this.relations = relations;
  }

  /** The number of the stream that an element names. */
  int number(Identifier name) {
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get(i).name().equalsIgnoreCase(name.name())) {
        return i;
      }
    }
    AnalyzedRelation rows = relations.visitStreamReference(new StreamReference(name, name.span()));
    if (rows.plan().isChangelog()) {
      reporter.error(
          PatternAnalyzer.CODE,
          name.span(),
          "a pattern reads events, and '" + name.name() + "' is a table, whose rows change",
          "name the stream from which the table is made, or join the matches with the table in a"
              + " query around this one");
      rows = AnalyzedRelation.open(name.name());
    } else if (rows.hasWindow()) {
      reporter.error(
          PatternAnalyzer.CODE,
          name.span(),
          "a pattern reads events, and '" + name.name() + "' is a window",
          "name the stream that fills it");
      rows = AnalyzedRelation.open(name.name());
    }
    List<Scope.Column> columns = new ArrayList<>();
    rows.sources().forEach(source -> columns.addAll(source.columns()));
    streams.add(new Stream(name.name(), rows, columns));
    return streams.size() - 1;
  }

  /** Whether an error of one of them has been reported. */
  boolean areOpen() {
    return streams.stream().anyMatch(stream -> stream.rows().isOpen());
  }

  /** Takes PARTITION BY, whose columns each of them must have. */
  void partition(@Nullable PartitionClause clause) {
    if (clause == null) {
      return;
    }
    if (clause.isRoundRobin()) {
      reporter.error(
          PatternAnalyzer.CODE,
          clause.span(),
          "a pattern needs the events of a key in one place, and ROUND_ROBIN gives each to any task",
          "name the columns of the key: PARTITION BY …");
    }
    for (Expression written : clause.keys()) {
      if (written instanceof IntegerLiteral) {
        reporter.error("bad-key", written.span(), "PARTITION BY takes expressions, not positions");
      } else {
        addKey(written);
      }
    }
  }

  private void addKey(Expression written) {
    List<RowExpression> values = new ArrayList<>();
    for (Stream stream : streams) {
      Optional<RowExpression> value = value(written, stream);
      if (value.isEmpty()) {
        return;
      }
      values.add(value.get());
    }
    DataType type = values.get(0).type();
    for (int i = 1; i < values.size(); i++) {
      Optional<DataType> common = exact(values.subList(0, i + 1));
      if (common.isEmpty()) {
        reporter.error(
            PatternAnalyzer.CODE,
            written.span(),
            "PARTITION BY is of one type in all streams of a pattern, but here it is "
                + type.sql()
                + " in '"
                + streams.get(0).name()
                + "' and "
                + values.get(i).type().sql()
                + " in '"
                + streams.get(i).name()
                + "'",
            "convert it in queries that the pattern reads, as in WITH s AS (SELECT CAST(…) AS k …)");
        return;
      }
      type = common.get();
    }
    DataType common = type;
    String name =
        written instanceof NameExpression column
            ? Scope.find(source(streams.get(0)), column.name())
                .map(Scope.Column::name)
                .orElse(column.name().name())
            : "key_" + (keys.size() + 1);
    keys.add(new Key(name, values.stream().map(it -> Coercion.widen(it, common)).toList()));
  }

  /** The type that values have in common, if none of them is rounded in it to equal another. */
  private static Optional<DataType> exact(List<RowExpression> values) {
    List<DataType> types = values.stream().map(RowExpression::type).toList();
    return Coercion.common(types)
        .filter(common -> types.stream().allMatch(type -> Widening.canWiden(type, common)));
  }

  /** What a key is in one of the streams; empty after a report. */
  private Optional<RowExpression> value(Expression written, Stream stream) {
    Scope.Source source = source(stream);
    if (written instanceof NameExpression column && Scope.find(source, column.name()).isEmpty()) {
      reporter.error(
          PatternAnalyzer.CODE,
          written.span(),
          "'" + column.name().name() + "' is no column of '" + stream.name() + "'",
          "PARTITION BY columns must be in every stream of the pattern");
      return Optional.empty();
    }
    if (written instanceof FieldExpression field
        && field.base() instanceof NameExpression element
        && Scope.find(source, element.name()).isEmpty()) {
      reporter.error(
          PatternAnalyzer.CODE,
          written.span(),
          "PARTITION BY is of all streams of the pattern, not of one element",
          "write " + field.field().name() + " alone");
      return Optional.empty();
    }
    RowExpression value =
        new ExpressionAnalyzer(context, new Scope(List.of(source)), Clause.plain("PARTITION BY"))
            .analyze(written);
    return Reporter.isFaulty(value) ? Optional.empty() : Optional.of(value);
  }

  private static Scope.Source source(Stream stream) {
    return new Scope.Source(null, stream.columns(), false);
  }

  /** How many columns the keys are. */
  int keys() {
    return keys.size();
  }

  /** The keys in the result, where they are the first columns. */
  List<Scope.Column> keyColumns() {
    List<Scope.Column> columns = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      DataType type = key.values().get(0).type();
      columns.add(new Scope.Column(key.name(), new ColumnReference(i, type, key.name()), false));
    }
    return columns;
  }

  /**
   * The key that a column of one of them is, in the result: where the key is a column, what its
   * events have in it is the key itself.
   */
  Optional<ColumnReference> findKey(int stream, Scope.Column column) {
    RowExpression value = column.value();
    for (int i = 0; i < keys.size(); i++) {
      List<RowExpression> values = keys.get(i).values();
      int place =
          streams.get(stream).columns().stream()
              .map(Scope.Column::name)
              .toList()
              .indexOf(column.name());
      boolean isKey =
          value.type() != DataType.DOUBLE
              && streams.get(stream).columns().get(place).value().equals(values.get(stream));
      if (isKey) {
        return Optional.of(new ColumnReference(i, value.type(), column.name()));
      }
    }
    return Optional.empty();
  }

  /** The columns of one of them, where they are in the input. */
  List<Scope.Column> columns(int stream) {
    int first = 1 + keys.size();
    for (Stream before : streams.subList(0, stream)) {
      first += before.columns().size();
    }
    List<Scope.Column> columns = new ArrayList<>();
    for (Scope.Column column : streams.get(stream).columns()) {
      RowExpression value = column.value();
      columns.add(
          new Scope.Column(
              column.name(),
              Reporter.isFaulty(value)
                  ? value
                  : new ColumnReference(first + columns.size(), value.type(), column.name()),
              column.isPseudo()));
    }
    return columns;
  }

  /** How many columns the input has. */
  int width() {
    return 1 + keys.size() + streams.stream().mapToInt(it -> it.columns().size()).sum();
  }

  /**
   * The events of all of them in their order.
   *
   * @param said what the query says of late ones of all of them; null if that is for each stream to
   *     say
   */
  PlanNode input(@Nullable LateClause said) {
    UnitedLateRows late = new UnitedLateRows(NUMBER);
    Optional<LateTarget> target = said == null ? Optional.empty() : relations.lateTarget(said);
    for (int i = 0; i < streams.size(); i++) {
      AnalyzedRelation rows = streams.get(i).rows();
      LateRows ofStream =
          said == null
              ? rows.late()
              : LateRows.said(target.map(it -> LateRoute.of(it, rows.sources())));
      late.add(columnsOf(i), streams.size() == 1 ? -1 : 0, ofStream);
    }
    List<PlanNode> inputs = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      inputs.add(new ProjectNode(streams.get(i).rows().plan(), late.columns().get(i)));
    }
    PlanNode rows = inputs.size() == 1 ? inputs.get(0) : new UnionNode(inputs);
    return new SortNode(
        new LateIntoAnalyzer(context).into(late.rows(), rows, LateWord.BEHIND_PATTERN).apply(rows));
  }

  private static Constant number(int stream) {
    return new Constant((long) stream, DataType.BIGINT);
  }

  /** The columns of the events of one: as all have them, NULL but for its own. */
  private List<NamedExpression> columnsOf(int number) {
    List<NamedExpression> columns = new ArrayList<>();
    columns.add(new NamedExpression(NUMBER, number(number)));
    for (Key key : keys) {
      columns.add(new NamedExpression(key.name(), key.values().get(number)));
    }
    for (int i = 0; i < streams.size(); i++) {
      for (Scope.Column column : streams.get(i).columns()) {
        columns.add(
            new NamedExpression(
                streams.get(i).name() + "." + column.name(),
                i == number ? column.value() : Constant.nullOf(column.value().type())));
      }
    }
    return columns;
  }
}
