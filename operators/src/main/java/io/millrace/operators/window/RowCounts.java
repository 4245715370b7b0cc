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
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the rows of each key up to a number, then begins anew. A key of which none are counted is
 * not there; others are forgotten when they have expired.
 */
final class RowCounts {
  private static final int VERSION = 1;
  private static final int ROWS = 0;
  private static final Expiry.Removal FORGET = (slot, time, code) -> {};
  private final long every;
  private final SlotTable counts;
  private final Expiry expiry;
  private int[] slots = new int[0];

  /**
   * @param table the name of the state
   * @param keys the columns of the key in the input
   * @param every up to how many are counted, positive
   * @param ttlMillis how long a key without rows is kept; 0 for ever
   */
  RowCounts(
      String table,
      Schema input,
      List<Integer> keys,
      long every,
      long ttlMillis,
      OperatorContext context) {
    this.every = every;
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of("rows", DataType.BIGINT));
    expiry = Expiry.open(ttlMillis, table, fields.size(), context);
    fields.addAll(Expiry.fields(ttlMillis));
    counts =
        context
            .state()
            .slotTable(
                new SlotTableSpec(table, VERSION, keys.stream().map(input::type).toList(), fields)
                    .keyedBy(keys));
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
   * @param keys the columns of the batch that are the key
   * @return which row of its key it is, from 1 to the number up to which they are counted
   */
  long count(Column[] keys, Batch batch, int row) {
    return count(keys, row, batch, row);
  }

  /**
   * As {@link #count(Column[], Batch, int)}, with the key of the row elsewhere.
   *
   * @param index where in the columns of the key
   */
  long count(Column[] keys, int index, Batch batch, int row) {
    if (slots.length <= index) {
      slots = new int[Math.max(index + 1, Math.max(batch.size(), 2 * slots.length))];
    }
    counts.resolve(keys, index, index + 1, slots);
    int slot = slots[index];
    long rows = ++((LongColumn) counts.field(ROWS)).values()[slot];
    if (rows == every) {
      counts.remove(slot);
    } else {
      expiry.touch(counts, slot, batch, row);
    }
    return rows;
  }
}
