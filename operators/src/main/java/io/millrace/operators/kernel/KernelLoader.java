package io.millrace.operators.kernel;

import io.millrace.spi.function.EvaluationContext;

/** Makes classes of generated code. Thread-safe; a shape that is in use is compiled once. */
public interface KernelLoader {
  /** A new instance of the kernel's class with its constants. */
  <T> T load(KernelSource<T> source, EvaluationContext context);
}
