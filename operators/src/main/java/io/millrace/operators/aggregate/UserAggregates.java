package io.millrace.operators.aggregate;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.AggregateState;
import io.millrace.spi.state.StateCodec;

/** How users' aggregates are saved, and what becomes of exceptions that they throw. */
public final class UserAggregates {
  private UserAggregates() {}

  /** The codec of accumulators: the author's own, or that of a record. */
  public static StateCodec<?> codec(AggregateState state) {
    StateCodec<?> own = state.codec();
    return own == null ? new RecordCodec(state) : own;
  }

  /** Why a row is refused: what an exception says, and of what aggregate. */
  public static String refusal(String aggregate, RuntimeException thrown) {
    return thrown instanceof RowException
        ? String.valueOf(thrown.getMessage())
        : aggregate + " failed: " + text(thrown);
  }

  /** What stops the job: no row is to blame. */
  public static MillraceException failure(
      String aggregate, String method, RuntimeException thrown) {
    return new MillraceException(
        "aggregate '"
            + aggregate
            + "' failed in its method '"
            + method
            + "', where no row can be refused: "
            + text(thrown),
        thrown);
  }

  private static String text(RuntimeException thrown) {
    boolean isPlain = thrown instanceof ArithmeticException || thrown instanceof RowException;
    String message = thrown.getMessage();
    return isPlain && message != null ? message : thrown.toString();
  }
}
