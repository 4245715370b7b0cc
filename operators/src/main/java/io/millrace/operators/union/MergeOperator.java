package io.millrace.operators.union;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Merges inputs that one row of a source may reach by several ways: holds the rows of a turn and
 * sends them at its end in the order of their keys: position, then moment, then the place of the
 * query that sent them, then the input, then the order in which they came.
 */
final class MergeOperator implements Operator {
  private final UnionSpec spec;
  private final RowBuffer[] held;
  private final int[] next;
  private final UnionLanes[] lanes;
  private final Timeline[][] lateness;
  private RowBuffer out;
  private Timeline merged;

  /** By what the rows that came last are late: one object while that is the same. */
  private Timeline known;

  private int batchSize;

  MergeOperator(UnionSpec spec) {
    this.spec = spec;
    this.held = new RowBuffer[spec.places().size()];
    this.next = new int[held.length];
    this.lanes = new UnionLanes[held.length];
    this.lateness = new Timeline[held.length][0];
  }

  @Override
  public void open(OperatorContext context) {
    Timeline timeline = context.outputTimeline();
    merged = timeline;
    known = timeline;
    batchSize = context.batchSize();
    out = new RowBuffer(spec.output(), batchSize, timeline);
    for (int i = 0; i < held.length; i++) {
      held[i] = new RowBuffer(spec.output(), 16, timeline);
      lanes[i] = new UnionLanes(context.lanesOf(i));
    }
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    RowBuffer rows = held[input];
    int place = spec.places().get(input);
    int before = rows.size();
    for (int i = 0; i < batch.size(); i++) {
      rows.append(batch, i);
      rows.lane(rows.size() - 1, lanes[input].of(batch, i));
      if (place > 0) {
        rows.place(rows.size() - 1, place);
      }
    }
    if (lateness[input].length < rows.size()) {
      lateness[input] = Arrays.copyOf(lateness[input], rows.rowtimes().length);
    }
    known = spec.lateness(batch.lateness(), known, merged);
    Arrays.fill(lateness[input], before, rows.size(), known);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    RowBuffer rows = out;
    Timeline current = null;
    for (int input = first(); input >= 0; input = first()) {
      Timeline own = lateness[input][next[input]];
      if (current != own || rows.size() >= batchSize) {
        flush(rows, current, output);
        current = own;
      }
      rows.append(batchOf(input), next[input]++);
    }
    flush(rows, current, output);
    for (RowBuffer buffer : held) {
      buffer.clear();
    }
    Arrays.fill(next, 0);
    return false;
  }

  /** The input whose next row is the first of all; -1 when none is left. */
  private int first() {
    int first = -1;
    for (int i = 0; i < held.length; i++) {
      if (next[i] < held[i].size() && (first < 0 || isBefore(i, first))) {
        first = i;
      }
    }
    return first;
  }

  private boolean isBefore(int input, int other) {
    int order = held[input].compareCause(next[input], held[other], next[other]);
    return order != 0 ? order < 0 : held[input].place(next[input]) < held[other].place(next[other]);
  }

  private Batch batchOf(int input) {
    return held[input].batchWithPlaces(merged, merged);
  }

  private void flush(RowBuffer rows, @Nullable Timeline own, Output output) {
    if (!rows.isEmpty() && own != null) {
      output.emit(rows.batchWithPlaces(merged, own));
    }
    rows.clear();
  }
}
