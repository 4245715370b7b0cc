package io.millrace.operators.order;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of a moment, and sends them when a row of another one comes or the turn ends: a
 * position belongs to one turn, so nothing is held between turns. Emissions of a moment come in the
 * order of their first rows.
 */
final class OrderOperator implements Operator {
  private static final int VERSION = 1;
  private final OrderSpec spec;
  private final int most;
  private final Column[] apart;
  private final List<TopRows> tops = new ArrayList<>();

  /** The emissions of the moment; null where there is one. */
  private @Nullable SlotTable emissions;

  private HeldRows held;
  private RowBuffer out;
  private Timeline outputTimeline;
  private Timeline lateness;
  private int batchSize;
  private int[] slots = new int[0];
  private boolean isOpen;
  private int position;
  private long time;

  OrderOperator(OrderSpec spec) {
    this.spec = spec;
    this.most = most(spec);
    this.apart = new Column[spec.apart().size()];
  }

  /** How many rows of an emission may be sent or left out in front. */
  private static int most(OrderSpec spec) {
    long limit = spec.limit().orElse(Integer.MAX_VALUE);
    long most = limit == 0 ? 0 : limit + Math.min(spec.offset(), Integer.MAX_VALUE);
    return most < 0 || most > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) most;
  }

  @Override
  public void open(OperatorContext context) {
    emissions =
        spec.apart().isEmpty()
            ? null
            : context
                .state()
                .slotTable(
                    new SlotTableSpec(
                        "emissions",
                        VERSION,
                        spec.apart().stream().map(spec.output()::type).toList(),
                        List.of()));
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    lateness = outputTimeline;
    held = new HeldRows(spec, outputTimeline);
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    tops.add(new TopRows());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (slots.length < count) {
      slots = new int[count];
    }
    for (int i = 0; i < apart.length; i++) {
      apart[i] = batch.column(spec.apart().get(i));
    }
    held.of(batch);
    for (int from = 0, to; from < count; from = to) {
      if (!isOpen || !belongs(batch, from)) {
        send(output);
        begin(batch, from, output);
      }
      to = from + 1;
      while (to < count && belongs(batch, to)) {
        to++;
      }
      take(from, to);
    }
    flush(output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    send(output);
    flush(output);
    return false;
  }

  private boolean belongs(Batch batch, int row) {
    return batch.position(row) == position
        && (!spec.isOfOneTime() || batch.rowtimes()[row] == time);
  }

  private void begin(Batch batch, int row, Output output) {
    if (lateness != batch.lateness()) {
      flush(output);
      lateness = batch.lateness();
    }
    isOpen = true;
    position = batch.position(row);
    time = batch.rowtimes()[row];
  }

  private void take(int from, int to) {
    SlotTable table = emissions;
    if (table == null) {
      TopRows top = tops.get(0);
      for (int row = from; row < to; row++) {
        top.offer(held, row, most);
      }
      return;
    }
    table.resolve(apart, from, to, slots);
    while (tops.size() < table.limit()) {
      tops.add(new TopRows());
    }
    for (int row = from; row < to; row++) {
      tops.get(table.number(slots[row])).offer(held, row, most);
    }
  }

  /** Sends what is wanted of the moment, and forgets it. */
  private void send(Output output) {
    if (!isOpen) {
      return;
    }
    SlotTable table = emissions;
    int count = table == null ? 1 : table.limit();
    for (int i = 0; i < count; i++) {
      write(tops.get(i), output);
      tops.get(i).clear();
    }
    if (table != null) {
      table.clear();
    }
    held.clear();
    isOpen = false;
  }

  private void write(TopRows top, Output output) {
    int[] sorted = top.sort(held);
    for (long i = spec.offset(); i < top.size(); i++) {
      if (out.size() == batchSize) {
        flush(output);
      }
      held.copy(sorted[(int) i], out);
    }
  }

  private void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
