package io.millrace.compiler.graph;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.operators.kernel.Updates;
import java.util.List;

/** Turns expressions into code. */
public interface KernelCompiler {
  KernelSource<RowPredicate> predicate(RowExpression condition);

  KernelSource<RowProjector> projector(List<RowExpression> expressions);

  /**
   * @param calls aggregates whose arguments and filters are columns of the argument columns
   * @param updates what happens to the groups
   */
  AggregateProgram aggregates(List<AggregateCall> calls, Updates updates);
}
