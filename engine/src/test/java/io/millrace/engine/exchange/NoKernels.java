package io.millrace.engine.exchange;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.function.EvaluationContext;

/** For operators without expressions. */
final class NoKernels implements KernelLoader {
  @Override
  public <T> T load(KernelSource<T> source, EvaluationContext context) {
    throw new AssertionError("no kernel is expected: " + source);
  }
}
