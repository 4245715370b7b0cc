package io.millrace.operators.sort;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Puts the rows of a stream in the order of their event times; rows that come behind the watermark
 * are late.
 */
public record SortSpec(Schema output, SortLimit limit) implements OperatorSpec {

  /** Without a limit. */
  public SortSpec(Schema output) {
    this(output, SortLimit.NONE);
  }

  @Override
  public String describe() {
    String most =
        limit.equals(SortLimit.NONE)
            ? ""
            : ", at most " + limit.rows() + " rows" + (limit.isLateBeyond() ? ", others late" : "");
    return "Sort by event time" + most;
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public long lagMillis() {
    return 0;
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of();
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new SortOperator(this);
  }
}
