package io.millrace.runtime.circuit;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Stands for an operator that runs in tasks, where others take its rows: sends what the tasks have
 * made of the turn, in the order in which one instance would have sent it.
 *
 * @param section the section that the operator is in
 * @param index which of the section's outputs it is
 * @param of the operator
 */
record GatherSpec(Section section, int index, OperatorSpec of) implements OperatorSpec {
  @Override
  public String describe() {
    return of.describe();
  }

  @Override
  public Schema output() {
    return of.output();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public long lagMillis() {
    return section.lagMillis(index);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of();
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new GatherOperator(this);
  }
}
