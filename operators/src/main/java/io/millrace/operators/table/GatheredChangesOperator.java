package io.millrace.operators.table;

import io.millrace.operators.order.KeyOrder;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.KeyHash;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/**
 * Holds the changes of a position until the next one, or the end of the turn, so that there is
 * nothing of them in a snapshot. Keys that go come first, then the others, each in the order of
 * their first changes.
 */
final class GatheredChangesOperator implements Operator {
  private final GatheredChangesSpec spec;
  private final KeyOrder[] compared;
  private final Column[] keys;

  /** The keys that have changed. */
  private final ChangedKeys changed = new ChangedKeys();

  private RowBuffer held;
  private RowBuffer out;
  private Timeline outputTimeline;
  private Timeline lateness;
  private int batchSize;

  /** Of each changed key the first and the last of its changes in what is held. */
  private int[] first = new int[16];

  private int[] last = new int[16];

  private int position;
  private long moment;

  GatheredChangesOperator(GatheredChangesSpec spec) {
    this.spec = spec;
    keys = new Column[spec.keys().size()];
    compared =
        spec.keys().stream()
            .map(c -> KeyOrder.ascending(spec.output().type(c).layout(), c))
            .toArray(KeyOrder[]::new);
  }

  @Override
  public void open(OperatorContext context) {
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    lateness = outputTimeline;
    held = new RowBuffer(spec.output(), batchSize, outputTimeline);
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(spec.keys().get(k));
    }
    for (int row = 0; row < batch.size(); row++) {
      if (batch.position(row) != position || batch.moment(row) != moment) {
        sendHeld(output);
        position = batch.position(row);
        moment = batch.moment(row);
      }
      if (lateness != batch.lateness()) {
        sendHeld(output);
        flush(output);
        lateness = batch.lateness();
      }
      hold(batch, row);
    }
  }

  private void hold(Batch batch, int row) {
    int before = changed.count();
    int hash = KeyHash.hash(keys, keys.length, row);
    int key = changed.number(hash, number -> hasKey(first[number], row));
    int to = held.append(batch.rowtimes()[row], position, batch.kind(row));
    for (int c = 0; c < held.columns().length; c++) {
      held.column(c).copy(batch.column(c), row, to);
    }
    if (key == before) {
      if (key == first.length) {
        first = Arrays.copyOf(first, 2 * key);
        last = Arrays.copyOf(last, 2 * key);
      }
      first[key] = to;
    }
    last[key] = to;
  }

  private boolean hasKey(int change, int row) {
    for (int k = 0; k < keys.length; k++) {
      if (compared[k].compare(keys[k], row, held.column(spec.keys().get(k)), change) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    sendHeld(output);
    flush(output);
    return false;
  }

  private void sendHeld(Output output) {
    int count = changed.count();
    if (count == 0) {
      return;
    }
    Batch changes = held.batch(outputTimeline, lateness);
    for (int key = 0; key < count; key++) {
      if (wasThere(changes, key) && !isThere(changes, key)) {
        send(changes, key, RowKind.DELETE, output);
      }
    }
    for (int key = 0; key < count; key++) {
      if (isThere(changes, key)) {
        RowKind kind = wasThere(changes, key) ? RowKind.UPDATE_AFTER : RowKind.INSERT;
        send(changes, key, kind, output);
      }
    }
    held.clear();
    changed.clear();
  }

  private boolean wasThere(Batch changes, int key) {
    return changes.kind(first[key]) != RowKind.INSERT;
  }

  private boolean isThere(Batch changes, int key) {
    return changes.kind(last[key]) != RowKind.DELETE;
  }

  /** Sends what a key has become, at the greatest time of what was and what is. */
  private void send(Batch changes, int key, RowKind kind, Output output) {
    int change = last[key];
    long[] times = changes.rowtimes();
    boolean isNew = kind == RowKind.INSERT;
    long time = isNew ? times[change] : Math.max(times[first[key]], times[change]);
    if (out.size() == batchSize) {
      flush(output);
    }
    int to = out.append(time, position, kind);
    out.moment(to, moment);
    for (int c = 0; c < out.columns().length; c++) {
      out.column(c).copy(changes.column(c), change, to);
    }
  }

  private void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
