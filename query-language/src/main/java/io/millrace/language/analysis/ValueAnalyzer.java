package io.millrace.language.analysis;

import io.millrace.language.ast.ArrayExpression;
import io.millrace.language.ast.CaseExpression;
import io.millrace.language.ast.CastExpression;
import io.millrace.language.ast.ConcatenationExpression;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.FieldExpression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.LastElementExpression;
import io.millrace.language.ast.MapEntry;
import io.millrace.language.ast.MapExpression;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.StructEntry;
import io.millrace.language.ast.StructExpression;
import io.millrace.language.ast.SubscriptExpression;
import io.millrace.language.ast.WhenClause;
import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Concatenation;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.expression.Subscript;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.Casting;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Types what makes values of values: collections and their elements, CASE, CAST, ||. */
final class ValueAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final ExpressionAnalyzer expressions;

  ValueAnalyzer(AnalysisContext context, ExpressionAnalyzer expressions) {
    this.context = context;
    this.reporter = context.reporter();
    this.expressions = expressions;
  }

  RowExpression array(ArrayExpression expression) {
    List<RowExpression> elements = expressions.analyzeAll(expression.elements());
    return unified(elements, expression.span(), "elements")
        .<RowExpression>map(values -> new ArrayConstructor(values, DataType.array(typeOf(values))))
        .orElseGet(Reporter::faulty);
  }

  RowExpression map(MapExpression expression) {
    List<RowExpression> keys = new ArrayList<>();
    List<RowExpression> values = new ArrayList<>();
    for (MapEntry entry : expression.entries()) {
      keys.add(expressions.analyze(entry.key()));
      values.add(expressions.analyze(entry.value()));
    }
    Optional<List<RowExpression>> k = unified(keys, expression.span(), "keys");
    Optional<List<RowExpression>> v = unified(values, expression.span(), "values");
    if (k.isEmpty() || v.isEmpty()) {
      return Reporter.faulty();
    }
    DataType type = DataType.map(typeOf(k.get()), typeOf(v.get()));
    return new MapConstructor(k.get(), v.get(), type);
  }

  private static DataType typeOf(List<RowExpression> values) {
    return values.isEmpty() ? DataType.NULL : values.get(0).type();
  }

  /** The values widened to their common type; empty after a report. */
  private Optional<List<RowExpression>> unified(
      List<RowExpression> values, Span span, String what) {
    if (ExpressionAnalyzer.anyFaulty(values)) {
      return Optional.empty();
    }
    Optional<DataType> type = Coercion.common(values.stream().map(RowExpression::type).toList());
    if (type.isEmpty()) {
      Set<String> types = new LinkedHashSet<>();
      values.forEach(value -> types.add(value.type().sql()));
      reporter.error(
          "type-mismatch",
          span,
          "the " + what + " have no type in common: " + String.join(", ", types));
    }
    return type.map(common -> values.stream().map(value -> Coercion.widen(value, common)).toList());
  }

  RowExpression struct(StructExpression expression) {
    List<RowExpression> values = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (StructEntry entry : expression.entries()) {
      RowExpression value = expressions.analyze(entry.value());
      String name =
          Optional.ofNullable(entry.name())
              .map(Identifier::name)
              .or(() -> ownName(entry.value()))
              .orElse("field_" + (fields.size() + 1));
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        reporter.error("duplicate-name", entry.span(), "there is already a field '" + name + "'");
      }
      values.add(value);
      fields.add(new Field(name, value.type()));
    }
    return ExpressionAnalyzer.anyFaulty(values)
        ? Reporter.faulty()
        : new StructConstructor(values, new DataType.StructOf(fields));
  }

  /** The name that a column or field has by itself. */
  static Optional<String> ownName(Expression expression) {
    if (expression instanceof NameExpression name) {
      return Optional.of(name.name().name());
    }
    return expression instanceof FieldExpression field
        ? Optional.of(field.field().name())
        : Optional.empty();
  }

  RowExpression subscript(SubscriptExpression expression) {
    RowExpression base = expressions.analyze(expression.base());
    RowExpression index = expressions.analyze(expression.index());
    if (ExpressionAnalyzer.anyFaulty(List.of(base, index))) {
      return Reporter.faulty();
    }
    if (base.type() instanceof DataType.Array array) {
      RowExpression place =
          context.coercion().coerce(index, DataType.BIGINT, expression.index().span(), "an index");
      return Reporter.isFaulty(place) ? place : new Subscript(base, place, array.element());
    }
    if (base.type() instanceof DataType.MapOf map) {
      RowExpression key =
          context
              .coercion()
              .coerce(index, map.key(), expression.index().span(), "the key of this map");
      return Reporter.isFaulty(key) ? key : new Subscript(base, key, map.value());
    }
    return noCollection(base, expression.span());
  }

  RowExpression lastElement(LastElementExpression expression) {
    RowExpression base = expressions.analyze(expression.base());
    if (Reporter.isFaulty(base)) {
      return base;
    }
    return base.type() instanceof DataType.Array array
        ? new Subscript(base, new Constant(-1L, DataType.BIGINT), array.element())
        : noCollection(base, expression.span());
  }

  private RowExpression noCollection(RowExpression base, Span span) {
    return reporter.error(
        "type-mismatch",
        span,
        "[…] takes an element of an array or a map, found " + base.type().sql());
  }

  RowExpression concatenation(ConcatenationExpression expression) {
    List<RowExpression> parts = new ArrayList<>();
    for (Expression operand : expression.operands()) {
      RowExpression part = expressions.analyze(operand);
      boolean isText = Widening.canWiden(part.type(), DataType.STRING) || Reporter.isFaulty(part);
      parts.add(
          isText
              ? Coercion.widen(part, DataType.STRING)
              : reporter.error(
                  "type-mismatch",
                  operand.span(),
                  "an operand of || must be STRING, found " + part.type().sql(),
                  part.type() instanceof DataType.Array
                      ? "arrays are put together with array_concat"
                      : "convert it with CAST(… AS STRING)"));
    }
    return ExpressionAnalyzer.anyFaulty(parts) ? Reporter.faulty() : new Concatenation(parts);
  }

  RowExpression cast(CastExpression expression) {
    RowExpression value = expressions.analyze(expression.value());
    DataType type = context.types().analyze(expression.type());
    if (Reporter.isFaulty(value) || Reporter.isUnknown(type)) {
      return Reporter.faulty();
    }
    if (!Casting.canCast(value.type(), type)) {
      return reporter.error(
          "type-mismatch",
          expression.span(),
          "a value of type " + value.type().sql() + " cannot be cast to " + type.sql());
    }
    return Widening.canWiden(value.type(), type)
        ? Coercion.widen(value, type)
        : new Cast(value, type, expression.isTry(), false);
  }

  RowExpression branches(CaseExpression expression) {
    Optional<RowExpression> operand =
        Optional.ofNullable(expression.operand()).map(expressions::analyze);
    List<RowExpression> conditions = new ArrayList<>();
    List<RowExpression> results = new ArrayList<>();
    for (WhenClause when : expression.whens()) {
      conditions.add(
          operand
              .map(
                  value ->
                      context
                          .operators()
                          .compare(
                              ComparisonOperator.EQUAL,
                              value,
                              expressions.analyze(when.condition()),
                              when.condition().span()))
              .orElseGet(() -> expressions.condition(when.condition(), "WHEN")));
      results.add(expressions.analyze(when.result()));
    }
    Expression otherwise = expression.otherwise();
    results.add(
        otherwise == null ? Constant.nullOf(DataType.NULL) : expressions.analyze(otherwise));
    return choose(conditions, results, expression.span());
  }

  /** A Case of conditions with a result each, and one more result for all others. */
  RowExpression choose(List<RowExpression> conditions, List<RowExpression> results, Span span) {
    if (ExpressionAnalyzer.anyFaulty(conditions)) {
      return Reporter.faulty();
    }
    Optional<List<RowExpression>> unified = unified(results, span, "results");
    if (unified.isEmpty()) {
      return Reporter.faulty();
    }
    List<Case.When> whens = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      whens.add(new Case.When(conditions.get(i), unified.get().get(i)));
    }
    return new Case(whens, unified.get().get(conditions.size()));
  }

  /** The values widened to their common type, as for CASE; empty after a report. */
  Optional<List<RowExpression>> alternatives(List<RowExpression> values, Span span) {
    return unified(values, span, "values");
  }
}
