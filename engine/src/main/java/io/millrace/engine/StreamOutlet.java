package io.millrace.engine;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where the rows of one stream leave: to its sink, if it has one, and to subscribers. */
final class StreamOutlet {
  private final String stream;
  private final Schema schema;
  private volatile BatchConsumer[] subscribers = new BatchConsumer[0];
  private @Nullable Sink sink;

  /** Whether the sink is flushed and closed by itself; else it follows the job's snapshots. */
  private boolean isOwn;

  private Runnable onUse = () -> {};
  private boolean hasSink;
  private boolean unflushed;
  private long written;

  StreamOutlet(String stream, Schema schema) {
    this.stream = stream;
    this.schema = schema;
  }

  /** Has {@code action} run when somebody wants the rows, at once if somebody does. */
  synchronized void onUse(Runnable action) {
    onUse = action;
    if (sink != null || subscribers.length > 0) {
      action.run();
    }
  }

  String stream() {
    return stream;
  }

  Schema schema() {
    return schema;
  }

  /** Gives the rows to a sink that is flushed and closed with this outlet. */
  void open(Sink opened) {
    sink = opened;
    isOwn = true;
    hasSink = true;
  }

  /** Gives the rows to a sink that somebody else looks after. */
  void lend(Sink opened) {
    sink = opened;
    isOwn = false;
    hasSink = true;
  }

  /** Has the sink write what it has taken since the last time. */
  void flush() {
    if (sink != null && isOwn && unflushed) {
      sink.flush();
      unflushed = false;
    }
  }

  /** Closes the sink; later rows go to subscribers only. */
  void close() {
    Sink closed = sink;
    sink = null;
    if (closed != null && isOwn) {
      closed.close();
    }
  }

  /** How many rows the sink has taken; empty if there never was one. */
  OptionalLong written() {
    return hasSink ? OptionalLong.of(written) : OptionalLong.empty();
  }

  synchronized Subscription subscribe(BatchConsumer consumer) {
    List<BatchConsumer> more = new ArrayList<>(List.of(subscribers));
    more.add(consumer);
    subscribers = more.toArray(BatchConsumer[]::new);
    onUse.run();
    return () -> unsubscribe(consumer);
  }

  private synchronized void unsubscribe(BatchConsumer consumer) {
    List<BatchConsumer> left = new ArrayList<>(List.of(subscribers));
    left.remove(consumer);
    subscribers = left.toArray(BatchConsumer[]::new);
  }

  /**
   * Gives rows away.
   *
   * @param failures receives what subscribers throw
   */
  void accept(Batch batch, CallbackFailures failures) {
    if (sink != null) {
      sink.write(batch);
      written += batch.size();
      unflushed = true;
    }
    for (BatchConsumer subscriber : subscribers) {
      try {
        subscriber.accept(batch);
      } catch (
          RuntimeException e) { // the program's own error: the turn goes on, the sender is told
        failures.add(e);
      }
    }
  }
}
