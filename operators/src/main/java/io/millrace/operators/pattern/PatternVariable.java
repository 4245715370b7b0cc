package io.millrace.operators.pattern;

import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.spi.types.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event must be that fills a place in a pattern, and what is kept of it.
 *
 * @param name for people
 * @param fits whether an event may be one, by its own columns: at least that it is of the right
 *     stream
 * @param equalities what of the event equals what is kept of others, too
 * @param condition what else must hold, over the columns of the input and, behind them, all that is
 *     kept; null if nothing
 * @param columns the columns of the input that the condition reads
 * @param reads the variables of which the condition reads what is kept
 * @param limit what an event is beyond that fulfils the condition; null if nothing is known of that
 * @param text the whole condition, for people; empty if there is none
 * @param arguments the columns of the input that the aggregates are of
 * @param kept aggregates of its events; null if nothing is kept
 * @param firstKept the first of their results in the row of all that is kept
 */
public record PatternVariable(
    String name,
    KernelSource<RowPredicate> fits,
    List<Equality> equalities,
    @Nullable KernelSource<RowPredicate> condition,
    List<Integer> columns,
    List<Integer> reads,
    @Nullable Limit limit,
    String text,
    List<Integer> arguments,
    @Nullable AggregateProgram kept,
    int firstKept) {
  public PatternVariable {
    equalities = List.copyOf(equalities);
    columns = List.copyOf(columns);
    reads = List.copyOf(reads);
    arguments = List.copyOf(arguments);
  }

  /**
   * A column of the event that equals something that is kept. NULL equals nothing.
   *
   * @param column of the input
   * @param variable of which it is kept
   * @param kept which of what is kept of all
   */
  public record Equality(int column, int variable, int kept) {}

  /**
   * A value that a column of the event must be beyond. Where the value is NULL or fails, it says
   * nothing; where the event is not beyond it, the condition is not true, and does not fail.
   *
   * @param column of the input, held as a long or a double
   * @param isUpper whether the event must be below it, not above
   * @param isIncluded whether it may be the value itself
   * @param value over all that is kept
   * @param reads the variables of which it reads what is kept
   * @param type of the value and the column
   */
  public record Limit(
      int column,
      boolean isUpper,
      boolean isIncluded,
      KernelSource<RowProjector> value,
      List<Integer> reads,
      DataType type) {
    public Limit {
      reads = List.copyOf(reads);
    }
  }
}
