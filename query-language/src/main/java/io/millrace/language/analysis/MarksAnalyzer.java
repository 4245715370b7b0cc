package io.millrace.language.analysis;

import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.TimeClause;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.StreamMarks;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code WATERMARK ON (condition) [MARK column]} of a stream, and what it means for a query. */
final class MarksAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;

  MarksAnalyzer(AnalysisContext context) {
    this.context = context;
    this.reporter = context.reporter();
  }

  /** The marks among a stream's rows; null if it declares none, or after a report. */
  @Nullable StreamMarks analyze(DeclarationAnalyzer.Declaration declaration, Schema schema) {
    StreamMarks marks = null;
    boolean isFirst = true;
    for (TimeClause clause : declaration.timeClauses()) {
      if (clause instanceof TimeClause.MarkWatermark watermark) {
        if (declaration.isTable()) {
          reporter.error(
              "bad-marks", clause.span(), "a table waits for nothing: WATERMARK ON is for streams");
        } else if (!isFirst) {
          reporter.error("duplicate-time", clause.span(), "WATERMARK ON is given twice");
        } else {
          marks = marks(declaration.name(), watermark, schema);
        }
        isFirst = false;
      }
    }
    return marks;
  }

  private @Nullable StreamMarks marks(
      Identifier stream, TimeClause.MarkWatermark clause, Schema schema) {
    int before = reporter.errorCount();
    Scope scope = new Scope(List.of(Scope.source(stream.name(), schema.fields(), schema.size())));
    RowExpression condition =
        new ExpressionAnalyzer(context, scope, Clause.plain("WATERMARK ON"))
            .condition(clause.condition(), "WATERMARK ON");
    Identifier mark = clause.mark();
    RowExpression number = mark == null ? new Constant(1L, DataType.BIGINT) : number(mark, schema);
    if (reporter.errorCount() > before || Reporter.isFaulty(condition)) {
      return null;
    }
    return new StreamMarks(
        new Case(List.of(new Case.When(condition, number)), Constant.nullOf(DataType.BIGINT)),
        mark == null);
  }

  private RowExpression number(Identifier name, Schema schema) {
    for (int i = 0; i < schema.size(); i++) {
      DataType type = schema.type(i);
      if (!name.matches(schema.name(i))) {
        continue;
      }
      if (type == DataType.INT || type == DataType.BIGINT || type == DataType.NULL) {
        return context
            .coercion()
            .coerce(
                new ColumnReference(i, type, schema.name(i)), DataType.BIGINT, name.span(), "MARK");
      }
      reporter.error(
          "type-mismatch",
          name.span(),
          "the numbers of marks must be INT or BIGINT; '" + schema.name(i) + "' is " + type.sql(),
          "leave MARK out to have them counted");
      return Reporter.faulty();
    }
    reporter.error(
        "unknown-column",
        name.span(),
        "unknown column '" + name.name() + "'",
        NearestName.hint(name.name(), schema.names()));
    return Reporter.faulty();
  }

  /**
   * The rows of a stream, to be aligned with others.
   *
   * @param rows as queries would take them without that
   * @param scope their columns
   * @param lateInto where rows go for which there is no room; dropped if that is empty
   */
  PlanNode aligned(
      PlanNode rows, StreamDeclaration stream, Scope scope, Optional<LateTarget> lateInto) {
    StreamMarks marks = stream.marks();
    if (marks == null) {
      return rows;
    }
    UnaryOperator<PlanNode> late =
        lateInto
            .map(target -> LateRoute.of(target, scope.sources()))
            .map(
                route ->
                    new LateIntoAnalyzer(context).into(LateRows.of(route), rows, LateWord.NOWHERE))
            .orElse(UnaryOperator.identity());
    return new AlignNode(late.apply(rows), stream.name(), marks, List.of());
  }

  /**
   * The streams of a query that are aligned, by name, in the order in which it reads them; none
   * where it has no two of them, so that nothing is waited for.
   */
  static Map<String, StreamMarks> alignedStreams(PlanNode root) {
    Map<String, StreamMarks> streams = new LinkedHashMap<>();
    collect(root, streams);
    return streams.size() > 1 ? streams : Map.of();
  }

  private static void collect(PlanNode node, Map<String, StreamMarks> into) {
    if (node instanceof AlignNode align) {
      into.put(align.stream(), align.marks());
    }
    node.inputs().forEach(input -> collect(input, into));
  }

  /** Reports inputs of a query whose marks can never be the same. */
  static void check(QueryPlan query, Reporter reporter) {
    Map<Boolean, String> kinds = new LinkedHashMap<>();
    alignedStreams(query.root()).forEach((name, marks) -> kinds.put(marks.isCounted(), name));
    if (kinds.size() > 1) {
      reporter.error(
          "bad-marks",
          query.span(),
          "the marks of '"
              + kinds.get(true)
              + "' are counted, and those of '"
              + kinds.get(false)
              + "' have numbers: they are no marks of the same thing",
          "declare MARK column for all streams that the query reads, or for none");
    }
  }
}
