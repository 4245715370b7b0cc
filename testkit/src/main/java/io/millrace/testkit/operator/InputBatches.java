package io.millrace.testkit.operator;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the batches that an operator is lent, and makes sure that it only reads them. */
final class InputBatches {
  private final Schema schema;
  private final Timeline timeline;

  InputBatches(Schema schema, Timeline timeline) {
    this.schema = schema;
    this.timeline = timeline;
  }

  /** A batch on loan, with what it held. */
  record Lent(Batch batch, List<List<@Nullable Object>> values, List<Long> rowtimes) {

    /** Ends the loan: checks that nothing was changed, then makes the content useless. */
    void takeBack() {
      for (int row = 0; row < values.size(); row++) {
        if (batch.rowtimes()[row] != rowtimes.get(row)
            || !values.get(row).equals(row(batch, row))) {
          throw new AssertionError(
              "the operator changed row "
                  + row
                  + " of a batch that it was lent: "
                  + values.get(row));
        }
      }
      Arrays.fill(batch.rowtimes(), Long.MIN_VALUE + 4711);
      for (Column column : batch.columns()) {
        if (column instanceof BooleanColumn booleans) {
          for (int row = 0; row < column.capacity(); row++) {
            booleans.values()[row] ^= true;
          }
        } else if (column instanceof LongColumn longs) {
          Arrays.fill(longs.values(), Long.MIN_VALUE + 4711);
        } else if (column instanceof DoubleColumn doubles) {
          Arrays.fill(doubles.values(), -4711e300);
        } else if (column instanceof ObjectColumn objects) {
          objects.release();
        }
      }
    }
  }

  /** The batches of one input in a turn, each of at most {@code most} rows. */
  List<Lent> cut(List<HarnessStep.Row> turn, int input, int most) {
    List<Lent> batches = new ArrayList<>();
    RowBuffer buffer = newBuffer();
    boolean dense = true;
    for (int i = 0; i < turn.size(); i++) {
      HarnessStep.Row step = turn.get(i);
      if (step.input() == input && !step.filtered()) {
        int row = buffer.append(step.rowtime(), Timeline.ofRow(i), step.kind());
        for (int c = 0; c < schema.size(); c++) {
          buffer.column(c).set(row, step.values().get(c));
        }
        dense &= row == i;
        if (buffer.size() == most) {
          batches.add(lend(buffer, dense));
          buffer = newBuffer();
        }
      }
    }
    if (!buffer.isEmpty()) {
      batches.add(lend(buffer, dense));
    }
    return batches;
  }

  private RowBuffer newBuffer() {
    return new RowBuffer(schema, 4, timeline);
  }

  private Lent lend(RowBuffer buffer, boolean dense) {
    Batch batch = buffer.batch(timeline, timeline);
    if (dense) {
      batch.rows(buffer.size(), batch.rowtimes(), null, batch.kinds());
    }
    List<List<@Nullable Object>> values = new ArrayList<>();
    List<Long> rowtimes = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      values.add(row(batch, row));
      rowtimes.add(batch.rowtimes()[row]);
    }
    return new Lent(batch, values, rowtimes);
  }

  private static List<@Nullable Object> row(Batch batch, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Column column : batch.columns()) {
      values.add(column.get(row));
    }
    RowKind kind = batch.kind(row);
    values.add(kind);
    return values;
  }
}
