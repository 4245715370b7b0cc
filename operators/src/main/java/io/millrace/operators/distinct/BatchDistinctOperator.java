package io.millrace.operators.distinct;

import io.millrace.operators.filter.Projection;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Keeps the combinations of the batch that each partition has, as keys of a table. They are a list:
 * each knows the number of the one before, the partition that of the last. With the first row of
 * another batch the partition forgets them.
 */
final class BatchDistinctOperator implements Operator {
  private static final int VERSION = 1;
  private static final int NUMBER = 0;
  private static final int LAST = 1;
  private static final int BEFORE = 0;

  /** What lists hold: numbers of combinations, each one more than it is, or none. */
  private static final KeyNumber VALUE = new KeyNumber("values", 1);

  private static final long NONE = 0;

  private final BatchDistinctSpec spec;
  private final List<Integer> ofValues;
  private final RowErrors none = new RowErrors();
  private final Column[] partition;
  private final Column[] compared;

  /** The batch of each partition. */
  private SlotTable batches;

  private SlotTable values;
  private Projection projection;
  private int[] slots = new int[0];
  private int[] selection = new int[0];

  BatchDistinctOperator(BatchDistinctSpec spec) {
    this.spec = spec;
    ofValues = spec.values();
    partition = new Column[spec.partition().size()];
    compared = new Column[ofValues.size()];
  }

  @Override
  public void open(OperatorContext context) {
    batches =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "batches",
                        VERSION,
                        types(spec.partition()),
                        List.of(
                            StateType.of("number", DataType.BIGINT), StateType.of("last", VALUE)))
                    .keyedBy(spec.partition()));
    values =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "values", VERSION, types(ofValues), List.of(StateType.of("before", VALUE)))
                    .keyedBy(ofValues));
    projection = Projection.ofAll(spec.output(), context);
  }

  private List<DataType> types(List<Integer> columns) {
    return columns.stream().map(spec.output()::type).toList();
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
      selection = new int[batch.size()];
    }
    take(batch, spec.partition(), partition);
    take(batch, ofValues, compared);
    long[] numbers = ((LongColumn) batch.column(spec.number())).values();
    int selected = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (isNew(row, numbers[row])) {
        selection[selected++] = row;
      }
    }
    if (selected > 0) {
      output.emit(projection.project(batch, selection, selected, none));
    }
  }

  private static void take(Batch batch, List<Integer> columns, Column[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = batch.column(columns.get(i));
    }
  }

  /** Whether a row is the first of its combination in its batch. */
  private boolean isNew(int row, long number) {
    batches.resolve(partition, row, row + 1, slots);
    int of = slots[row];
    if (field(batches, NUMBER)[of] != number) {
      forget(field(batches, LAST)[of]);
      field(batches, NUMBER)[of] = number;
      field(batches, LAST)[of] = NONE;
    }
    if (values.find(compared, row) >= 0) {
      return false;
    }
    long last = field(batches, LAST)[of];
    values.resolve(compared, row, row + 1, slots);
    field(values, BEFORE)[slots[row]] = last;
    field(batches, LAST)[of] = values.number(slots[row]) + 1L;
    return true;
  }

  /** Forgets the combinations of a list. */
  private void forget(long last) {
    long next = last;
    while (next != NONE) {
      int slot = values.slot((int) (next - 1));
      next = field(values, BEFORE)[slot];
      values.remove(slot);
    }
  }

  private static long[] field(SlotTable table, int index) {
    return ((LongColumn) table.field(index)).values();
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
