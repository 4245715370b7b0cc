package io.millrace.connectors.console;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.data.Batch;

/** Prints each row as a record of a format. */
final class RecordPrinter implements RowPrinter {
  private final Encoder encoder;
  private boolean begun;

  RecordPrinter(Encoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public void print(Batch batch, byte[] prefix, ByteOutput out) {
    byte[] header = begun ? new byte[0] : encoder.header();
    begun = true;
    if (header.length > 0) {
      out.write(prefix);
      out.write(header);
    }
    for (int row = 0; row < batch.size(); row++) {
      out.write(prefix);
      encoder.encode(batch, row, out);
      out.write('\n');
    }
  }
}
