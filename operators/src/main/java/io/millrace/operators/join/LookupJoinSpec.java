package io.millrace.operators.join;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Joins each event of a stream with what a table has when it comes.
 *
 * @param output the columns of the left side, then those of the right one
 * @param tableSide the input that has the changes of the table: 0 or 1
 * @param tableKey the key of the table, in the columns of that input
 * @param condition what must hold beside the equality of keys; null if nothing
 */
public record LookupJoinSpec(
    Schema output,
    JoinSide left,
    JoinSide right,
    int tableSide,
    List<Integer> tableKey,
    @Nullable JoinCondition condition)
    implements JoinSpec {
  public LookupJoinSpec {
    tableKey = List.copyOf(tableKey);
  }

  JoinSide table() {
    return tableSide == 0 ? left : right;
  }

  JoinSide stream() {
    return tableSide == 0 ? right : left;
  }

  @Override
  public String describe() {
    return kind()
        + (tableSide == 0 ? " of a table with a stream" : " of a stream with a table")
        + match();
  }

  /** None can come for an event that has come. */
  @Override
  public Unmatched unmatched() {
    return Unmatched.AT_ONCE;
  }

  /** It answers events. */
  @Override
  public boolean sendsByTime() {
    return false;
  }

  /** A row of the table counts from when it comes, whatever its time and partition. */
  @Override
  public OptionalInt answers() {
    return OptionalInt.of(1 - tableSide);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new LookupJoinOperator(this, loader);
  }
}
