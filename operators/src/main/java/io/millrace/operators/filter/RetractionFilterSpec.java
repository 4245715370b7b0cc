package io.millrace.operators.filter;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Filters and projects rows that take others back: of a row that is replaced and the one that
 * replaces it both, one or none may go on, since one may not pass or may fail. One that goes on
 * alone is of kind {@code -D} or {@code +I}.
 *
 * @param description the condition and the expressions, for people
 * @param input the rows, as they come
 * @param kindColumns the columns of the output that say the kind of each row
 * @param predicate which rows go on; null for all
 * @param compared the columns of the output by which a row must differ from the one that it
 *     replaces, so that both go on; null if it need not
 * @param projection what becomes of them; null if they stay as they are
 */
public record RetractionFilterSpec(
    String description,
    Schema input,
    List<Integer> kindColumns,
    @Nullable KernelSource<RowPredicate> predicate,
    @Nullable ProjectionSpec projection,
    @Nullable List<Integer> compared)
    implements OperatorSpec {
  public RetractionFilterSpec {
    kindColumns = List.copyOf(kindColumns);
    compared = compared == null ? null : List.copyOf(compared);
  }

  /** Of rows that may replace equal ones. */
  public RetractionFilterSpec(
      String description,
      Schema input,
      List<Integer> kindColumns,
      @Nullable KernelSource<RowPredicate> predicate,
      @Nullable ProjectionSpec projection) {
    this(description, input, kindColumns, predicate, projection, null);
  }

  /**
   * Of rows that must differ from those that they replace.
   *
   * @param ofKind the columns that are made of kinds, among them {@code kindColumns}
   * @param columns how many in front are compared, but for those that are made of kinds
   */
  public static RetractionFilterSpec ofChanged(
      Schema rows, List<Integer> kindColumns, List<Integer> ofKind, int columns) {
    List<Integer> compared =
        IntStream.range(0, columns).filter(c -> !ofKind.contains(c)).boxed().toList();
    return new RetractionFilterSpec(
        "ChangedRows " + String.join(", ", compared.stream().map(rows::name).toList()),
        rows,
        kindColumns,
        null,
        null,
        compared);
  }

  @Override
  public String describe() {
    return description + ", with retractions";
  }

  @Override
  public Schema output() {
    return projection == null ? input : projection.output();
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  /** Rows of one group go the same way, those of one pair behind each other. */
  @Override
  public Distribution overPartitions() {
    return projection == null
        ? Distribution.Rowwise.unchanged(input)
        : new Distribution.Rowwise(projection.sources(), projection.texts(), false, true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    List<KernelSource<?>> kernels = new ArrayList<>();
    if (predicate != null) {
      kernels.add(predicate);
    }
    if (projection != null && projection.projector() != null) {
      kernels.add(projection.projector());
    }
    return kernels;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new RetractionFilterOperator(this, loader);
  }
}
