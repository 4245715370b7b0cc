package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Aggregates the rows of each group in sessions that send more than their last word.
 *
 * @param sessions what they are; behind the bounds in its output stand PANE and REVISION
 * @param revisions what they send
 */
public record RevisedSessionSpec(SessionWindowSpec sessions, RevisionSpec revisions)
    implements OperatorSpec {
  @Override
  public String describe() {
    String waiting = rowsWait() ? revisions.limit().describe() : "";
    return sessions.describe(revisions.describe() + waiting);
  }

  @Override
  public Schema output() {
    return sessions.output();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public long lagMillis() {
    return sessions.lagMillis();
  }

  @Override
  public Distribution distribution() {
    return sessions.distribution();
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return sessions.kernels();
  }

  /**
   * Which rows a session has decides how it ends and whom it takes late: all rows wait where
   * something is due before it is over, else late ones. What is sent for each row comes as the rows
   * do.
   */
  @Override
  public Operator create(KernelLoader loader) {
    RevisedSessionOperator operator = new RevisedSessionOperator(this, loader);
    boolean areAll = revisions.dependsOnOrder(sessions.graceMillis());
    return rowsWait()
        ? new AwaitingOperator(
            operator,
            (batch, row, seen) -> areAll || batch.rowtimes()[row] < seen,
            sessions.input(),
            revisions.limit())
        : operator;
  }

  private boolean rowsWait() {
    return revisions.results() != RevisionSpec.Results.CHANGES;
  }
}
