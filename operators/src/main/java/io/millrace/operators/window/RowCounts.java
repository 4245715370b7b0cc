package io.millrace.operators.window;

import io.millrace.operators.expiry.Expiry;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the rows of each partition since its last snapshot. A partition that has none is not
 * there; others are forgotten when they have expired.
 */
final class RowCounts {
  private static final int VERSION = 1;
  private static final String TABLE = "counts";
  private static final int ROWS = 0;
  private static final Expiry.Removal FORGET = (slot, time, code) -> {};
  private final long every;
  private final SlotTable counts;
  private final Expiry expiry;
  private int[] slots = new int[0];

  RowCounts(WindowGroups groups, SnapshotSpec spec, OperatorContext context) {
    every = spec.everyRows();
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("rows", DataType.BIGINT));
    expiry = Expiry.open(spec.ttlMillis(), TABLE, fields.size(), context);
    fields.addAll(Expiry.fields(spec.ttlMillis()));
    counts =
        context
            .state()
            .slotTable(
                new SlotTableSpec(TABLE, VERSION, groups.types(groups.partition()), fields)
                    .keyedBy(groups.partition()));
  }

  /** Forgets the counts that expire before a row. */
  void expireBefore(Batch batch, int row) {
    expiry.expireBefore(counts, batch, row, FORGET);
  }

  /** Forgets the counts that expire up to the end of a turn. */
  void expireAll(Timeline timeline) {
    expiry.expireAll(counts, timeline, FORGET);
  }

  /**
   * Counts a row.
   *
   * @param partition the columns of the batch that tell partitions apart
   * @return whether a snapshot is due
   */
  boolean count(Column[] partition, Batch batch, int row) {
    if (slots.length <= row) {
      slots = new int[Math.max(batch.size(), 2 * slots.length)];
    }
    counts.resolve(partition, row, row + 1, slots);
    int slot = slots[row];
    boolean isDue = ++((LongColumn) counts.field(ROWS)).values()[slot] == every;
    if (isDue) {
      counts.remove(slot);
    } else {
      expiry.touch(counts, slot, batch, row);
    }
    return isDue;
  }
}
