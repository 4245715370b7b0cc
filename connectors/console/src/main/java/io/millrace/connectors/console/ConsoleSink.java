package io.millrace.connectors.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import java.io.PrintStream;

/** Writes lines to a print stream, whole batches at a time, and flushes behind each. */
final class ConsoleSink implements Sink {
  private static final int BUFFER = 1 << 13;

  private final RowPrinter printer;
  private final byte[] prefix;
  private final PrintStream console;
  private final ByteOutput buffer = new ByteOutput(BUFFER);

  ConsoleSink(RowPrinter printer, String prefix, PrintStream console) {
    this.printer = printer;
    this.prefix = prefix.getBytes(UTF_8);
    this.console = console;
  }

  @Override
  public void write(Batch batch) {
    if (batch.size() == 0) {
      return;
    }
    printer.print(batch, prefix, buffer);
    console.write(buffer.array(), 0, buffer.size());
    buffer.clear();
    flush();
  }

  @Override
  public void flush() {
    if (console.checkError()) {
      throw new MillraceException(
          "the console takes nothing any more: the program that reads it has ended, or its disk is"
              + " full");
    }
  }

  /** The console stays open: it belongs to the process. */
  @Override
  public void close() {
    console.flush();
  }
}
