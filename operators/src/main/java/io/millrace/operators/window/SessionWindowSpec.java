package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Aggregates the rows of each group in sessions: rows no more than a gap apart.
 *
 * @param gapMillis the greatest distance in a session, positive; its end is its last row plus this
 * @param graceMillis how long behind its end a session takes late rows
 * @param input the rows that come in
 * @param keys the group's columns in the input
 * @param arguments the aggregates' columns in the input
 * @param program the aggregates, which merge
 * @param output the keys, the aggregates, WINDOW_START, WINDOW_END
 * @param limit how many rows wait at most where it matters in which order they are taken
 */
public record SessionWindowSpec(
    long gapMillis,
    long graceMillis,
    Schema input,
    List<Integer> keys,
    List<Integer> arguments,
    AggregateProgram program,
    Schema output,
    SortLimit limit)
    implements OperatorSpec {
  public SessionWindowSpec {
    keys = List.copyOf(keys);
    arguments = List.copyOf(arguments);
  }

  @Override
  public String describe() {
    return describe(limit.describe());
  }

  /** The sessions with what is said of their results. */
  String describe(String results) {
    String by =
        keys.isEmpty() ? "" : " by " + String.join(", ", keys.stream().map(input::name).toList());
    String grace = graceMillis == 0 ? "" : ", grace " + graceMillis + " ms";
    return "SessionWindow " + gapMillis + " ms" + grace + results + by;
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  /** A session is sent when the watermark has passed its end, a millisecond behind its rows. */
  @Override
  public long lagMillis() {
    return graceMillis + 1;
  }

  @Override
  public Distribution distribution() {
    return Distribution.ofGroups(keys, keys, output.size(), true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    return List.of(program.kernel());
  }

  /**
   * Whether a late row finds a session that takes it depends on what has come: late rows wait until
   * it is known. Others come into the same sessions in any order.
   */
  @Override
  public Operator create(KernelLoader loader) {
    return new AwaitingOperator(
        new SessionWindowOperator(this, loader),
        (batch, row, seen) -> batch.rowtimes()[row] < seen,
        input,
        limit);
  }
}
