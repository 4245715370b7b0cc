package io.millrace.compiler.graph;

import io.millrace.compiler.aggregate.AggregateCompiler;
import io.millrace.compiler.expression.PredicateCompiler;
import io.millrace.compiler.expression.ProjectorCompiler;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.operators.kernel.Updates;
import java.util.List;

/** Code for expressions and aggregates, as the generators of this module write it. */
public final class ExpressionKernels implements KernelCompiler {
  @Override
  public KernelSource<RowPredicate> predicate(RowExpression condition) {
    return PredicateCompiler.compile(condition);
  }

  @Override
  public KernelSource<RowProjector> projector(List<RowExpression> expressions) {
    return ProjectorCompiler.compile(expressions);
  }

  @Override
  public AggregateProgram aggregates(List<AggregateCall> calls, Updates updates) {
    return AggregateCompiler.compile(calls, updates);
  }
}
