package io.millrace.engine;

import io.millrace.spi.data.Batch;

/**
 * Takes rows in columns, without an object per row. Called during a turn, by the thread that runs
 * it; the batch is lent until the call returns.
 */
@FunctionalInterface
public interface BatchConsumer {
  void accept(Batch batch);
}
