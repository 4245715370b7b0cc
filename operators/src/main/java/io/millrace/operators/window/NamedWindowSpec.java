package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Holds the rows of a window that has a name, for queries that are answered at once; all of them in
 * one instance.
 *
 * @param name the name of the window
 * @param window what holds them, a {@link HeldContents.Holder} when it runs
 */
public record NamedWindowSpec(String name, OperatorSpec window) implements OperatorSpec {

  @Override
  public String describe() {
    return "Contents of " + name + ": " + window.describe();
  }

  @Override
  public Schema output() {
    return window.output();
  }

  @Override
  public boolean isTimeDriven() {
    return window.isTimeDriven();
  }

  @Override
  public Distribution distribution() {
    return Distribution.WHOLE;
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return window.kernels();
  }

  @Override
  public Operator create(KernelLoader loader) {
    return window.create(loader);
  }
}
