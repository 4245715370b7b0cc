package io.millrace.language.analysis;

import io.millrace.language.ast.UnionRelation;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.UnionNode;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Unites sources: column by column, by position, each widened to the common type. */
final class UnionAnalyzer {
  /** Which of the inputs a row is of, where late ones of them go different ways. */
  private static final String INPUT = "late_input";

  private final Reporter reporter;

  UnionAnalyzer(Reporter reporter) {
    this.reporter = reporter;
  }

  AnalyzedRelation unite(UnionRelation relation, List<AnalyzedRelation> inputs) {
    if (inputs.stream().anyMatch(it -> it.isOpen() || AnalyzedRelation.isOverOpen(it.plan()))) {
      return AnalyzedRelation.open(null);
    }
    List<Scope.Column> first = declared(inputs.get(0));
    List<DataType> types = new ArrayList<>(first.stream().map(c -> c.value().type()).toList());
    for (int i = 1; i < inputs.size(); i++) {
      if (!widen(types, first, declared(inputs.get(i)), relation, i)) {
        return AnalyzedRelation.open(null);
      }
    }
    if (!areOfOneKind(relation, inputs)) {
      return AnalyzedRelation.open(null);
    }
    List<KeyedChanges> tables =
        inputs.stream()
            .map(AnalyzedRelation::plan)
            .filter(PlanNode::isChangelog)
            .map(KeyedChanges::of)
            .toList();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(new Field(first.get(i).name(), types.get(i)));
    }
    List<Scope.Source> sources = List.of(Scope.source(null, fields, fields.size()));
    if (tables.isEmpty()) {
      return events(inputs, fields, sources);
    }
    List<PlanNode> plans = new ArrayList<>();
    for (AnalyzedRelation input : inputs) {
      plans.add(withKeys(tables, plans.size(), widened(input, fields)));
    }
    int keys = plans.get(0).schema().size() - fields.size();
    return AnalyzedRelation.of(
        new UnionNode(
            plans, IntStream.range(0, keys).map(key -> fields.size() + key).boxed().toList()),
        sources);
  }

  private static List<NamedExpression> widened(AnalyzedRelation input, List<Field> fields) {
    List<Scope.Column> columns = declared(input);
    List<NamedExpression> widened = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      widened.add(
          new NamedExpression(field.name(), Coercion.widen(columns.get(i).value(), field.type())));
    }
    return widened;
  }

  /** Events; where late ones go somewhere, each says of which input it is. */
  private static AnalyzedRelation events(
      List<AnalyzedRelation> inputs, List<Field> fields, List<Scope.Source> sources) {
    boolean areRouted = inputs.stream().anyMatch(input -> !input.late().routes().isEmpty());
    UnitedLateRows late = new UnitedLateRows(INPUT);
    for (int i = 0; i < inputs.size(); i++) {
      List<NamedExpression> columns = widened(inputs.get(i), fields);
      if (areRouted) {
        columns.add(new NamedExpression(INPUT, new Constant((long) i, DataType.BIGINT)));
      }
      late.add(columns, fields.size(), inputs.get(i).late());
    }
    List<PlanNode> plans = new ArrayList<>();
    for (AnalyzedRelation input : inputs) {
      plans.add(new ProjectNode(input.plan(), late.columns().get(plans.size())));
    }
    return AnalyzedRelation.of(new UnionNode(plans), sources).withLate(late.rows());
  }

  /** Whether rows of all inputs are events, or those of all are changes by key. */
  private boolean areOfOneKind(UnionRelation relation, List<AnalyzedRelation> inputs) {
    boolean isOfTables = inputs.get(0).plan().isChangelog();
    for (int i = 1; i < inputs.size(); i++) {
      if (inputs.get(i).plan().isChangelog() != isOfTables) {
        reporter.error(
            "bad-union",
            relation.inputs().get(i).span(),
            isOfTables
                ? "UNION ALL unites tables, whose rows change, and this is a stream of events"
                : "UNION ALL unites streams of events, and this is a table, whose rows change",
            "make a table of the stream: CREATE TABLE X AS SELECT … GROUP BY …");
        return false;
      }
    }
    return true;
  }

  /**
   * The rows of a table with what tells them apart from those of all: behind the columns stand the
   * number of the table and the key of each, NULL but for its own.
   *
   * @param number which of the tables it is
   */
  private static PlanNode withKeys(
      List<KeyedChanges> tables, int number, List<NamedExpression> columns) {
    List<NamedExpression> all = new ArrayList<>(columns);
    all.add(new NamedExpression("union_input", new Constant((long) number, DataType.INT)));
    for (int i = 0; i < tables.size(); i++) {
      Schema schema = tables.get(i).plan().schema();
      for (int key : tables.get(i).keys()) {
        DataType type = schema.type(key);
        all.add(
            new NamedExpression(
                "union_key_" + all.size(),
                i == number
                    ? new ColumnReference(key, type, schema.name(key))
                    : Constant.nullOf(type)));
      }
    }
    return new ProjectNode(tables.get(number).plan(), all);
  }

  private static List<Scope.Column> declared(AnalyzedRelation relation) {
    List<Scope.Column> columns = new ArrayList<>();
    relation.sources().forEach(source -> columns.addAll(source.declared()));
    return columns;
  }

  /** Widens the types so far to take in the columns of an input; false after a report. */
  private boolean widen(
      List<DataType> types,
      List<Scope.Column> first,
      List<Scope.Column> columns,
      UnionRelation relation,
      int input) {
    if (columns.size() != types.size()) {
      reporter.error(
          "bad-union",
          relation.inputs().get(input).span(),
          "the inputs of UNION ALL must have equally many columns, found "
              + types.size()
              + " and "
              + columns.size());
      return false;
    }
    for (int i = 0; i < types.size(); i++) {
      DataType type = columns.get(i).value().type();
      Optional<DataType> common = Widening.common(types.get(i), type);
      if (common.isEmpty()) {
        reporter.error(
            "bad-union",
            relation.inputs().get(input).span(),
            "column "
                + (i + 1)
                + " ('"
                + first.get(i).name()
                + "') of UNION ALL is "
                + types.get(i).sql()
                + " in the first input and "
                + type.sql()
                + " here");
        return false;
      }
      types.set(i, common.get());
    }
    return true;
  }
}
