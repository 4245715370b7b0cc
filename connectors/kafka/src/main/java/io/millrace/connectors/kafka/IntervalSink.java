package io.millrace.connectors.kafka;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import java.util.function.Supplier;

/** Writes rows to a topic with the producer of the interval that is being written. */
final class IntervalSink implements Sink {
  private final RowEncoder encoder;
  private final Supplier<RecordSender> current;

  /**
   * @param current gives the sender of the interval, and fails if there is none
   */
  IntervalSink(RowEncoder encoder, Supplier<RecordSender> current) {
    this.encoder = encoder;
    this.current = current;
  }

  @Override
  public void write(Batch batch) {
    current.get().send(batch, encoder);
  }

  @Override
  public void flush() {
    current.get().flush();
  }

  /** The producers belong to the authority. */
  @Override
  public void close() {}
}
