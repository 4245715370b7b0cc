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
import java.util.HashMap;
import java.util.Map;

/**
 * Holds the changes of a position until the next one, or the end of the turn, so that there is
 * nothing of them in a snapshot. Keys that go come first, then the others, each in the order of
 * their first changes.
 */
final class GatheredChangesOperator implements Operator {
  private static final int NONE = -1;
  private final GatheredChangesSpec spec;
  private final KeyOrder[] compared;
  private final Column[] keys;

  /** For how many keys there is room between two moments: a large one makes no later ones slow. */
  private static final int MOST_KEPT = 1024;

  /** Of each hash the key that came last, where several have changed. */
  private Map<Integer, Integer> byHash = new HashMap<>();

  private int hashOfFirst;

  private RowBuffer held;
  private RowBuffer out;
  private Timeline outputTimeline;
  private Timeline lateness;
  private int batchSize;

  /** How many keys have changed. */
  private int count;

  /** Of each of them, the first and the last of its changes in what is held. */
  private int[] first = new int[16];

  private int[] last = new int[16];

  /** Of each of them, the one before it that has the same hash, or none. */
  private int[] before = new int[16];

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
    int key = key(row);
    int to = held.append(batch.rowtimes()[row], position, batch.kind(row));
    for (int c = 0; c < held.columns().length; c++) {
      held.column(c).copy(batch.column(c), row, to);
    }
    if (key == count) {
      first[count++] = to;
    }
    last[key] = to;
  }

  /** The number of the key of a row, which is the next one if it has not changed before. */
  private int key(int row) {
    int hash = KeyHash.hash(keys, keys.length, row);
    if (count == 0) {
      hashOfFirst = hash;
      before[0] = NONE;
      return 0;
    }
    if (count == 1) {
      byHash.put(hashOfFirst, 0);
    }
    int latest = byHash.getOrDefault(hash, NONE);
    int found = latest;
    while (found != NONE && !hasKey(first[found], row)) {
      found = before[found];
    }
    if (found != NONE) {
      return found;
    }
    if (count == first.length) {
      first = Arrays.copyOf(first, 2 * count);
      last = Arrays.copyOf(last, 2 * count);
      before = Arrays.copyOf(before, 2 * count);
    }
    before[count] = latest;
    byHash.put(hash, count);
    return count;
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
    if (count > MOST_KEPT) {
      held = new RowBuffer(spec.output(), batchSize, outputTimeline);
      byHash = new HashMap<>();
    } else {
      held.clear();
      if (count > 1) {
        byHash.clear();
      }
    }
    count = 0;
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
