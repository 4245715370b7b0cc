package io.millrace.testkit.operator;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;

/**
 * Sums a BIGINT over all its inputs until the second of the first row closes: right as it is, wrong
 * in a way that subclasses choose. A negative number fails.
 */
class SecondSums implements Operator {
  static final Schema SCHEMA = Schema.of(new Field("n", DataType.BIGINT));
  private LongValue sum;
  private LongValue end;
  private RowBuffer out;
  private Timeline outputTimeline;

  @SuppressWarnings("NullAway.Init") // opened before anything else
  SecondSums() {}

  @Override
  public void open(OperatorContext context) {
    sum = context.state().longValue("sum");
    end = context.state().longValue("end");
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(SCHEMA, 4, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      int advance = Timeline.lastAdvanceBefore(batch.position(row));
      close(advance, output);
      long time = batch.rowtimes()[row];
      long number = ((LongColumn) batch.column(0)).values()[row];
      if (time < outputTimeline.before(advance)) {
        output.late(batch, row);
      } else if (number < 0) {
        output.fail(batch, row, "negative: " + number);
      } else {
        sum.set(sum.get() + number);
        end.set(end.get() == 0 ? Math.floorDiv(time, 1000L) * 1000 + 1000 : end.get());
      }
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    close(timeline.length(), output);
    return false;
  }

  LongValue sum() {
    return sum;
  }

  void send(long time, int position, long value, Output output) {
    out.clear();
    ((LongColumn) out.column(0)).values()[out.append(time, position)] = value;
    output.emit(out.batch(outputTimeline, outputTimeline));
  }

  private void close(int to, Output output) {
    if (end.get() == 0) {
      return;
    }
    int due = outputTimeline.firstReaching(end.get(), 0);
    if (due <= to) {
      send(end.get() - 1, Timeline.ofAdvance(due), sum.get(), output);
      sum.set(0);
      end.set(0);
    }
  }
}
