package io.millrace.operators.kernel;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.EvaluationContext;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Kernels that nobody compiled: a source carries what makes its kernel. */
public final class HandWrittenKernels implements KernelLoader {

  @Override
  public <T> T load(KernelSource<T> source, EvaluationContext context) {
    Supplier<?> kernels = (Supplier<?>) Objects.requireNonNull(source.constants().get(0));
    return source.type().cast(kernels.get());
  }

  static <T> KernelSource<T> source(Class<T> type, Supplier<? extends T> kernels) {
    return new KernelSource<>(type, "", List.of(), List.of(kernels));
  }

  /** A condition: true, false or null for NULL. */
  public static KernelSource<RowPredicate> predicate(RowFunction condition) {
    return source(RowPredicate.class, () -> new Condition(condition));
  }

  public static KernelSource<RowProjector> projector(RowFunction... expressions) {
    return source(RowProjector.class, () -> new Expressions(List.of(expressions)));
  }

  /** {@code count(*)} and {@code sum} of one BIGINT, as {@link CountAndSum} has them. */
  public static AggregateProgram countAndSum() {
    return new AggregateProgram(
        source(AggregateKernel.class, CountAndSum::new),
        CountAndSum.FIELDS,
        CountAndSum.RESULTS,
        Updates.RETRACT,
        false,
        false);
  }

  /** As {@link #countAndSum}, for groups that are put together; refuses no row. */
  public static AggregateProgram mergingCountAndSum() {
    return new AggregateProgram(
        source(MergingKernel.class, MergingCountAndSum::new),
        CountAndSum.FIELDS,
        CountAndSum.RESULTS,
        Updates.PARTIAL,
        false,
        false);
  }

  /**
   * As {@link #countAndSum}, for rows that go into groups of several tables.
   *
   * @param refusesRows whether rows fail
   */
  public static AggregateProgram checkingCountAndSum(boolean refusesRows) {
    return new AggregateProgram(
        source(CheckingKernel.class, () -> new CheckingCountAndSum(refusesRows)),
        CountAndSum.FIELDS,
        CountAndSum.RESULTS,
        Updates.ADD_TO_SEVERAL,
        false,
        false);
  }

  private record Condition(RowFunction condition) implements RowPredicate {
    @Override
    public int select(Batch batch, int[] selection, RowErrors errors) {
      int selected = 0;
      for (int row = 0; row < batch.size(); row++) {
        if (test(batch, row, errors)) {
          selection[selected++] = row;
        }
      }
      return selected;
    }

    @Override
    public boolean test(Batch batch, int row, RowErrors errors) {
      try {
        return Boolean.TRUE.equals(condition.apply(batch, row));
      } catch (RowException | ArithmeticException e) {
        errors.add(row, e);
        return false;
      }
    }
  }

  private record Expressions(List<RowFunction> expressions) implements RowProjector {
    @Override
    public void project(
        Batch batch, int @Nullable [] selection, int count, Column[] out, RowErrors errors) {
      for (int j = 0; j < count; j++) {
        int row = selection == null ? j : selection[j];
        for (int c = 0; c < out.length; c++) {
          try {
            out[c].set(j, expressions.get(c).apply(batch, row));
          } catch (RowException | ArithmeticException e) {
            errors.add(row, e);
          }
        }
      }
    }
  }
}
