package io.millrace.engine;

import io.millrace.engine.row.RowReader;
import java.util.function.Consumer;

/**
 * The rows of a stream of a job, as objects of type {@code T}. Thread-safe.
 *
 * <p>Subscribers are called during the turn that brings the rows, by the thread that runs it (in
 * the default mode the one that sends, before {@code send} returns), in the order of the rows. A
 * subscriber may send to the engine: that waits until the turn is over. What a subscriber throws
 * comes out of {@code send} when the turn is over, and makes a job with connectors fail.
 */
public final class Output<T> {
  private final StreamOutlet outlet;
  private final RowReader<T> reader;

  Output(StreamOutlet outlet, RowReader<T> reader) {
    this.outlet = outlet;
    this.reader = reader;
  }

  /** Has rows given to {@code consumer} from the next turn on. */
  public Subscription subscribe(Consumer<? super T> consumer) {
    return outlet.subscribe(
        batch -> {
          for (int row = 0; row < batch.size(); row++) {
            consumer.accept(reader.read(batch, row));
          }
        });
  }

  /** Has whole batches given to {@code consumer}: the fastest way. */
  public Subscription subscribeBatches(BatchConsumer consumer) {
    return outlet.subscribe(consumer);
  }
}
