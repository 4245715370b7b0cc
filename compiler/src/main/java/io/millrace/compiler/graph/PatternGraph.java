package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PatternSkip;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.SortNode;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.Updates;
import io.millrace.operators.pattern.PatternSpec;
import io.millrace.operators.pattern.PatternVariable;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a pattern: a projection that computes what of events is kept and compared behind
 * the columns of the input, if there is anything to compute, then the operator.
 */
final class PatternGraph {
  private final QueryGraph query;
  private final KernelCompiler kernels;
  private final PatternNode node;
  private final int width;
  private final List<NamedExpression> columns;

  PatternGraph(QueryGraph query, KernelCompiler kernels, PatternNode node) {
    this.query = query;
    this.kernels = kernels;
    this.node = node;
    this.width = node.input().schema().size();
    this.columns = new ArrayList<>(QueryGraph.columns(node.input().schema()));
  }

  int build() {
    int input = query.build(node.input());
    List<PatternTerms> terms = new ArrayList<>();
    List<List<Integer>> arguments = new ArrayList<>();
    List<@Nullable AggregateProgram> kept = new ArrayList<>();
    for (io.millrace.language.plan.PatternVariable variable : node.variables()) {
      PatternTerms split = new PatternTerms(node, variable);
      split.equalities().forEach(it -> columnOf(it.event()));
      terms.add(split);
      List<Integer> ofVariable = new ArrayList<>();
      kept.add(kept(variable, ofVariable));
      arguments.add(ofVariable);
    }
    Schema schema =
        new Schema(columns.stream().map(c -> new Field(c.name(), c.expression().type())).toList());
    int projected =
        columns.size() == width ? input : query.project(input, null, columns, schema, false);
    List<PatternVariable> variables = new ArrayList<>();
    int firstKept = 0;
    for (int i = 0; i < node.variables().size(); i++) {
      variables.add(variable(i, terms.get(i), arguments.get(i), kept.get(i), firstKept));
      firstKept += node.variables().get(i).kept().size();
    }
    return query.statefulStep(
        new PatternSpec(
            schema,
            IntStream.rangeClosed(1, node.keys()).boxed().toList(),
            PatternOrigins.of(node),
            PatternProgramBuilder.build(node.pattern(), query.lifetimeMillis()),
            variables,
            skip(),
            early(),
            isSorted(node.input()),
            node.keys() == 0 ? 0 : query.lifetimeMillis(),
            node.schema()),
        projected);
  }

  private @Nullable AggregateProgram kept(
      io.millrace.language.plan.PatternVariable variable, List<Integer> arguments) {
    if (variable.kept().isEmpty()) {
      return null;
    }
    List<AggregateCall> calls =
        variable.kept().stream()
            .map(call -> call.mapped(expression -> argument(expression, arguments)))
            .toList();
    return kernels.aggregates(calls, Updates.ADD_TO_SEVERAL);
  }

  private PatternVariable variable(
      int index,
      PatternTerms terms,
      List<Integer> arguments,
      @Nullable AggregateProgram kept,
      int firstKept) {
    io.millrace.language.plan.PatternVariable variable = node.variables().get(index);
    RowExpression condition = variable.condition();
    RowExpression rest = terms.rest(columns.size());
    return new PatternVariable(
        variable.name(),
        kernels.predicate(terms.ofEvent()),
        terms.equalities().stream()
            .map(
                it ->
                    new PatternVariable.Equality(
                        columnOf(it.event()), terms.variableOf(it.kept()), it.kept()))
            .toList(),
        rest == null ? null : kernels.predicate(rest),
        terms.columns(),
        terms.reads(),
        limit(terms),
        condition == null ? "" : ExpressionPrinter.print(condition),
        arguments,
        kept,
        firstKept);
  }

  private PatternVariable.@Nullable Limit limit(PatternTerms terms) {
    PatternTerms.Limit limit = terms.limit();
    if (limit == null) {
      return null;
    }
    ComparisonOperator operator = limit.operator();
    return new PatternVariable.Limit(
        limit.column(),
        operator == ComparisonOperator.LESS || operator == ComparisonOperator.LESS_OR_EQUAL,
        operator == ComparisonOperator.LESS_OR_EQUAL
            || operator == ComparisonOperator.GREATER_OR_EQUAL,
        kernels.projector(List.of(limit.bound())),
        limit.reads(),
        limit.bound().type());
  }

  /** Whether what comes is in the order of event times; else the order of arrival is the order. */
  private static boolean isSorted(PlanNode input) {
    return input instanceof SortNode
        || (input instanceof LateIntoNode late && isSorted(late.input()));
  }

  private PatternSpec.Skip skip() {
    PatternSkip skip = node.skip();
    return new PatternSpec.Skip(
        switch (skip.mode()) {
          case NONE -> PatternSpec.SkipMode.NONE;
          case PAST_LAST_ROW -> PatternSpec.SkipMode.PAST_LAST_ROW;
          case TO_NEXT_ROW -> PatternSpec.SkipMode.TO_NEXT_ROW;
          case TO_FIRST -> PatternSpec.SkipMode.TO_FIRST;
          case TO_LAST -> PatternSpec.SkipMode.TO_LAST;
        },
        skip.variable());
  }

  private PatternSpec.Early early() {
    return switch (node.early()) {
      case NO -> PatternSpec.Early.NO;
      case SENT -> PatternSpec.Early.SENT;
      case SENT_AND_RETRACTED -> PatternSpec.Early.SENT_AND_RETRACTED;
    };
  }

  /** An argument as a reference into the argument columns of its variable. */
  private RowExpression argument(RowExpression expression, List<Integer> arguments) {
    int column = columnOf(expression);
    if (!arguments.contains(column)) {
      arguments.add(column);
    }
    return new ColumnReference(
        arguments.indexOf(column), expression.type(), columns.get(column).name());
  }

  /** The column of an expression; equal ones share one. */
  private int columnOf(RowExpression expression) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).expression().equals(expression) && expression.isDeterministic()) {
        return i;
      }
    }
    columns.add(NamedExpression.of(expression));
    return columns.size() - 1;
  }
}
