package io.millrace.runtime.circuit;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Stands for an operator that runs in tasks, where others take its rows, or those that came too
 * late for it: sends what the tasks have made of the turn, in the order in which one instance would
 * have sent it.
 *
 * @param section the section that the operator is in
 * @param index which of the section's outputs it is
 * @param describe what the operator is
 * @param output what it sends
 */
record GatherSpec(Section section, int index, String describe, Schema output)
    implements OperatorSpec {
  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public long lagMillis() {
    return section.lagMillis(index);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new GatherOperator(this);
  }
}
