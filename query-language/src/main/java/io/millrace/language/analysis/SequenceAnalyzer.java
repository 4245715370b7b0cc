package io.millrace.language.analysis;

import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.TimeClause;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.SequenceOrder;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code ORDER BY seq TIMEOUT d [SKIP TO column WHEN (condition)]} of a stream. */
final class SequenceAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;

  SequenceAnalyzer(AnalysisContext context) {
    this.context = context;
    this.reporter = context.reporter();
  }

  /** The numbers of a stream's rows; null if it declares none, or after a report. */
  @Nullable SequenceOrder analyze(DeclarationAnalyzer.Declaration declaration, Schema schema) {
    SequenceOrder order = null;
    boolean isFirst = true;
    for (TimeClause clause : declaration.timeClauses()) {
      if (clause instanceof TimeClause.SequenceOrder sequence) {
        if (declaration.isTable()) {
          reporter.error(
              "bad-sequence",
              clause.span(),
              "a table takes changes in the order in which they come: ORDER BY is for streams");
        } else if (declaration.window() != null) {
          reporter.error(
              "bad-sequence",
              clause.span(),
              "a window takes rows in the order of their times: ORDER BY is for streams",
              "write it in the stream that fills the window");
        } else if (!isFirst) {
          reporter.error("duplicate-time", clause.span(), "ORDER BY is given twice");
        } else {
          order = order(declaration.name(), sequence, schema);
        }
        isFirst = false;
      }
    }
    return order;
  }

  private @Nullable SequenceOrder order(
      Identifier stream, TimeClause.SequenceOrder clause, Schema schema) {
    int before = reporter.errorCount();
    int column = column(clause.column(), schema);
    DurationLiteral timeout = clause.timeout();
    if (timeout == null) {
      reporter.error(
          "missing-timeout",
          clause.span(),
          "ORDER BY a number must say how long a missing number is waited for",
          "write ORDER BY " + clause.column().name() + " TIMEOUT 30 SECONDS");
    }
    Identifier skipTo = clause.skipTo();
    Expression skipWhen = clause.skipWhen();
    RowExpression skip = null;
    if (skipTo != null && skipWhen != null) {
      skip = skip(stream, skipTo, skipWhen, schema);
    }
    return timeout == null || reporter.errorCount() > before
        ? null
        : new SequenceOrder(column, timeout.millis(), skip);
  }

  /** The number up to which all are done where the condition is true, else NULL. */
  private RowExpression skip(
      Identifier stream, Identifier skipTo, Expression skipWhen, Schema schema) {
    int column = column(skipTo, schema);
    Scope scope = new Scope(List.of(Scope.source(stream.name(), schema.fields(), schema.size())));
    RowExpression condition =
        new ExpressionAnalyzer(context, scope, Clause.plain("WHEN")).condition(skipWhen, "WHEN");
    if (column < 0 || Reporter.isFaulty(condition)) {
      return Constant.nullOf(DataType.BIGINT);
    }
    RowExpression number =
        context
            .coercion()
            .coerce(
                new ColumnReference(column, schema.type(column), schema.name(column)),
                DataType.BIGINT,
                skipTo.span(),
                "SKIP TO");
    return new Case(List.of(new Case.When(condition, number)), Constant.nullOf(DataType.BIGINT));
  }

  private int column(Identifier name, Schema schema) {
    for (int i = 0; i < schema.size(); i++) {
      if (name.matches(schema.name(i))) {
        DataType type = schema.type(i);
        if (type != DataType.INT && type != DataType.BIGINT && type != DataType.NULL) {
          reporter.error(
              "type-mismatch",
              name.span(),
              "the numbers of a sequence must be INT or BIGINT; '"
                  + schema.name(i)
                  + "' is "
                  + type.sql());
        }
        return i;
      }
    }
    reporter.error(
        "unknown-column",
        name.span(),
        "unknown column '" + name.name() + "'",
        NearestName.hint(name.name(), schema.names()));
    return -1;
  }

  /**
   * The rows of a stream in the order of their numbers.
   *
   * @param scope its columns
   * @param lateInto where rows go whose numbers have gone; dropped if that is empty
   */
  PlanNode restored(
      ScanNode scan, SequenceOrder order, Scope scope, Optional<LateTarget> lateInto) {
    UnaryOperator<PlanNode> late =
        lateInto
            .map(target -> LateRoute.of(target, scope.sources()))
            .map(
                route ->
                    new LateIntoAnalyzer(context).into(LateRows.of(route), scan, LateWord.NOWHERE))
            .orElse(UnaryOperator.identity());
    RowExpression skip = order.skip();
    if (skip == null) {
      return new SequenceNode(late.apply(scan), order.column(), -1, order.timeoutMillis());
    }
    List<NamedExpression> columns = columns(scan.schema());
    List<NamedExpression> withSkip = new ArrayList<>(columns);
    withSkip.add(new NamedExpression("SKIP_TO", skip));
    PlanNode rows = late.apply(new ProjectNode(scan, withSkip));
    SequenceNode sequence =
        new SequenceNode(rows, order.column(), columns.size(), order.timeoutMillis());
    return new ProjectNode(sequence, columns);
  }

  private static List<NamedExpression> columns(Schema schema) {
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      columns.add(
          new NamedExpression(
              schema.name(i), new ColumnReference(i, schema.type(i), schema.name(i))));
    }
    return columns;
  }
}
