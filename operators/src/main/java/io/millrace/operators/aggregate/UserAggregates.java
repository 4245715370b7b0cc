package io.millrace.operators.aggregate;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.AggregateDescriptor;
import io.millrace.spi.function.AggregateState;
import io.millrace.spi.state.StateCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** How users' aggregates are saved, and what becomes of exceptions that they throw. */
public final class UserAggregates {
  private UserAggregates() {}

  /** The codec of accumulators: the author's own, or that of a record. */
  public static StateCodec<?> codec(AggregateState state) {
    StateCodec<?> own = state.codec();
    return own == null ? new RecordCodec(state) : own;
  }

  /**
   * The accumulator of nothing, which {@code create} gives.
   *
   * @throws MillraceException if it gives none
   */
  public static Object nothing(AggregateDescriptor aggregate) {
    Method create = aggregate.methods().create();
    try {
      return given(create.invoke(null), create.getName());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw failure(aggregate.name(), create.getName(), thrown);
      }
      throw new IllegalStateException(e);
    } catch (NoAccumulatorException e) {
      throw failure(aggregate.name(), create.getName(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a method has given, which is never null: in the state that is the accumulator of nothing.
   */
  public static Object given(@Nullable Object accumulator, String method) {
    if (accumulator == null) {
      throw new NoAccumulatorException(method);
    }
    return accumulator;
  }

  private static final class NoAccumulatorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAccumulatorException(String method) {
      super("'" + method + "' gave null, which is no accumulator");
    }
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
    boolean isPlain =
        thrown instanceof ArithmeticException
            || thrown instanceof RowException
            || thrown instanceof NoAccumulatorException;
    String message = thrown.getMessage();
    return isPlain && message != null ? message : thrown.toString();
  }
}
