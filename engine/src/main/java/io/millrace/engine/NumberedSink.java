package io.millrace.engine;

import io.millrace.runtime.commit.RowNumbers;
import io.millrace.spi.connector.SequencedSink;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;

/** Numbers the rows of a sink. */
final class NumberedSink implements Sink {
  private final SequencedSink sink;
  private final RowNumbers.Sequence numbers;

  NumberedSink(SequencedSink sink, RowNumbers.Sequence numbers) {
    this.sink = sink;
    this.numbers = numbers;
  }

  @Override
  public void write(Batch batch) {
    sink.write(batch, numbers.take(batch.size()));
  }

  @Override
  public void flush() {
    sink.flush();
  }

  @Override
  public void close() {
    sink.close();
  }
}
