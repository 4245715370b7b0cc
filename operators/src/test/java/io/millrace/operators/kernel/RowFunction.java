package io.millrace.operators.kernel;

import io.millrace.spi.data.Batch;
import org.jspecify.annotations.Nullable;

/** An expression as a test writes it: a boxed internal value of a row, null for NULL. */
@FunctionalInterface
public interface RowFunction {
  /**
   * @throws io.millrace.spi.error.RowException if it fails for the row
   */
  @Nullable Object apply(Batch batch, int row);

  static RowFunction column(int index) {
    return (batch, row) -> batch.column(index).get(row);
  }
}
