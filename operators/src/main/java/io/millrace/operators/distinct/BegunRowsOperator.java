package io.millrace.operators.distinct;

import io.millrace.operators.filter.Projection;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowKind;
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
import java.util.Arrays;
import java.util.List;

/**
 * Counts how many rows have each combination of values, and keeps whether it has gone on since the
 * first one had it. One that the last row loses is forgotten behind the changes of its moment, at
 * the end of the turn at the latest: so one that goes from one row to another stays, in whatever
 * order both change.
 */
final class BegunRowsOperator implements Operator {
  private static final int VERSION = 1;
  private static final int ROWS = 0;
  private static final int IS_SENT = 1;
  private static final int NONE = -1;
  private final BegunRowsSpec spec;
  private final List<Integer> ofValues;
  private final RowErrors none = new RowErrors();
  private final Column[] keys;
  private final Column[] compared;

  /** The combinations that rows have. */
  private SlotTable values;

  /** Of each key the number of what it has. */
  private SlotTable rows;

  private Projection projection;
  private int[] slots = new int[0];
  private int[] selection = new int[0];

  /** The numbers of combinations that may have been lost at the moment that is open. */
  private int[] lost = new int[0];

  private int lostCount;
  private boolean isOpen;
  private int position;
  private long moment;
  private long time;

  BegunRowsOperator(BegunRowsSpec spec) {
    this.spec = spec;
    ofValues = spec.values();
    keys = new Column[spec.keys().size()];
    compared = new Column[ofValues.size()];
  }

  @Override
  public void open(OperatorContext context) {
    values =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "values",
                        VERSION,
                        types(ofValues),
                        List.of(
                            StateType.of("rows", DataType.BIGINT),
                            StateType.of("is_sent", DataType.BOOLEAN)))
                    .keyedBy(ofValues));
    rows =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                        "rows",
                        VERSION,
                        types(spec.keys()),
                        List.of(StateType.of("value", new KeyNumber("values", 0))))
                    .keyedBy(spec.keys()));
    projection = Projection.ofAll(spec.output(), context);
  }

  private List<DataType> types(List<Integer> columns) {
    return columns.stream().map(spec.output()::type).toList();
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (selection.length < batch.size()) {
      selection = new int[batch.size()];
      slots = new int[batch.size()];
    }
    take(batch, spec.keys(), keys);
    take(batch, ofValues, compared);
    int selected = 0;
    for (int row = 0; row < batch.size(); row++) {
      begin(batch, row);
      int value = spec.isByKey() ? change(batch, row) : count(batch, row);
      if (value != NONE && sends(batch, row) && isUnsent(value)) {
        selection[selected++] = row;
      }
    }
    if (selected > 0) {
      output.emit(projection.project(batch, selection, selected, none).kinds(null));
    }
  }

  private static void take(Batch batch, List<Integer> columns, Column[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = batch.column(columns.get(i));
    }
  }

  /**
   * Begins with a row; what has been lost at another moment than its own is forgotten. What leaves
   * because a row moves time past a deadline has the position and the time of that row, but left
   * before it entered.
   */
  private void begin(Batch batch, int row) {
    if (isOpen
        && batch.position(row) == position
        && batch.moment(row) == moment
        && batch.rowtimes()[row] == time) {
      return;
    }
    forget();
    isOpen = true;
    position = batch.position(row);
    moment = batch.moment(row);
    time = batch.rowtimes()[row];
  }

  /** Takes a row that comes or goes by itself; gives what it has, or none if it goes. */
  private int count(Batch batch, int row) {
    if (batch.kind(row) == RowKind.DELETE) {
      int found = values.find(compared, row);
      if (found >= 0) {
        lose(values.number(found));
      }
      return NONE;
    }
    int value = find(row);
    gain(value);
    return value;
  }

  /** Takes a change of a key; gives what it has then, or none. */
  private int change(Batch batch, int row) {
    int key = rows.find(keys, row);
    int before = key < 0 ? NONE : (int) valueOfKeys()[key];
    if (batch.kind(row) == RowKind.DELETE) {
      if (before != NONE) {
        lose(before);
        rows.remove(key);
      }
      return NONE;
    }
    int value = find(row);
    if (value == before) {
      return value;
    }
    gain(value);
    if (before != NONE) {
      lose(before);
    }
    rows.resolve(keys, row, row + 1, slots);
    valueOfKeys()[slots[row]] = value;
    return value;
  }

  private long[] valueOfKeys() {
    return ((LongColumn) rows.field(0)).values();
  }

  /** The number of the combination of a row. */
  private int find(int row) {
    values.resolve(compared, row, row + 1, slots);
    return values.number(slots[row]);
  }

  private void gain(int value) {
    ((LongColumn) values.field(ROWS)).values()[changing(value)]++;
  }

  private void lose(int value) {
    int at = changing(value);
    long[] counts = ((LongColumn) values.field(ROWS)).values();
    counts[at]--;
    if (counts[at] == 0) {
      if (lostCount == lost.length) {
        lost = Arrays.copyOf(lost, Math.max(8, 2 * lostCount));
      }
      lost[lostCount++] = value;
    }
  }

  private int changing(int value) {
    int at = values.slot(value);
    values.touch(at);
    return at;
  }

  private boolean sends(Batch batch, int row) {
    if (spec.cause() == BegunRowsSpec.Cause.ANY) {
      return true;
    }
    BooleanColumn isOfEntering = (BooleanColumn) batch.column(spec.output().size() - 1);
    return isOfEntering.values()[row] == (spec.cause() == BegunRowsSpec.Cause.ENTERING);
  }

  /** Whether a combination has not gone on; it does now. */
  private boolean isUnsent(int value) {
    int at = changing(value);
    boolean[] isSent = ((BooleanColumn) values.field(IS_SENT)).values();
    boolean wasSent = isSent[at];
    isSent[at] = true;
    return !wasSent;
  }

  private void forget() {
    for (int i = 0; i < lostCount; i++) {
      if (values.isUsed(lost[i])) {
        int at = values.slot(lost[i]);
        if (((LongColumn) values.field(ROWS)).values()[at] == 0) {
          values.remove(at);
        }
      }
    }
    lostCount = 0;
    isOpen = false;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    forget();
    return false;
  }
}
