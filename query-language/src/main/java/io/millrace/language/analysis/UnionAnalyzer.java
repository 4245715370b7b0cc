package io.millrace.language.analysis;

import io.millrace.language.ast.UnionRelation;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.UnionNode;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Unites sources: column by column, by position, each widened to the common type. */
final class UnionAnalyzer {
  private final Reporter reporter;

  UnionAnalyzer(Reporter reporter) {
    this.reporter = reporter;
  }

  AnalyzedRelation unite(UnionRelation relation, List<AnalyzedRelation> inputs) {
    if (inputs.stream().anyMatch(AnalyzedRelation::isOpen)) {
      return AnalyzedRelation.open(null);
    }
    List<Scope.Column> first = declared(inputs.get(0));
    List<DataType> types = new ArrayList<>(first.stream().map(c -> c.value().type()).toList());
    for (int i = 1; i < inputs.size(); i++) {
      if (!widen(types, first, declared(inputs.get(i)), relation, i)) {
        return AnalyzedRelation.open(null);
      }
    }
    List<PlanNode> plans = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(new Field(first.get(i).name(), types.get(i)));
    }
    for (AnalyzedRelation input : inputs) {
      List<Scope.Column> columns = declared(input);
      List<NamedExpression> widened = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        widened.add(
            new NamedExpression(
                first.get(i).name(), Coercion.widen(columns.get(i).value(), types.get(i))));
      }
      plans.add(new ProjectNode(input.plan(), widened));
    }
    return AnalyzedRelation.of(
        new UnionNode(plans), List.of(Scope.source(null, fields, fields.size())));
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
