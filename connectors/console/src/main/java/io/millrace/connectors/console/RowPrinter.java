package io.millrace.connectors.console;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.Batch;

/** Turns batches into lines. Used by one thread. */
interface RowPrinter {
  /**
   * Appends the lines of a batch, and before the first row those that explain it.
   *
   * @param prefix what each line begins with
   */
  void print(Batch batch, byte[] prefix, ByteOutput out);
}
