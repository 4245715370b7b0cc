package io.millrace.operators.analytic;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The columns of a row as its partition's log keeps it: the arguments of frames that read the log,
 * its time in the order of its partition and its number; where rows wait, also what they are sent
 * with: their causes and own times, the columns that are passed on, and the results of frames that
 * end with the row itself; where several parts hold a row between them, the number of what is held.
 */
final class LogColumns {
  private final AnalyticSpec spec;
  private final List<Integer> arguments = new ArrayList<>();
  private final boolean holds;
  private final boolean refers;
  private final LongColumn times = new LongColumn(0);
  private final LongColumn numbers = new LongColumn(0);
  private final LongColumn causes = new LongColumn(0);
  private final LongColumn rowtimes = new LongColumn(0);
  private final LongColumn held = new LongColumn(0);
  private final Column[] columns;
  private final int firstPassed;
  private final int firstResult;

  /**
   * @param refers whether a row refers to what is held of it elsewhere
   */
  LogColumns(AnalyticSpec spec, boolean refers) {
    this.spec = spec;
    this.holds = spec.holdsRows();
    this.refers = refers;
    for (FramedAggregates frame : spec.frames()) {
      if (frame.bounds().readsLog()) {
        frame.arguments().stream().filter(this::isApart).forEach(arguments::add);
      }
    }
    firstPassed = arguments.size() + 4;
    firstResult = firstPassed + spec.passed();
    columns = new Column[types().size()];
    columns[arguments.size()] = times;
    columns[arguments.size() + 1] = numbers;
    if (holds) {
      columns[arguments.size() + 2] = causes;
      columns[arguments.size() + 3] = rowtimes;
      for (int i = firstResult; i < columns.length; i++) {
        columns[i] = Column.of(types().get(i).layout(), 0);
      }
    }
    if (refers) {
      columns[columns.length - 1] = held;
    }
  }

  /** Which columns of the log refer to keys of tables. */
  Map<Integer, KeyNumber> numbers() {
    return refers ? Map.of(columns.length - 1, new KeyNumber(HeldRows.TABLE, 0)) : Map.of();
  }

  /** Whether an argument is in no other column of the log. */
  private boolean isApart(int argument) {
    return !arguments.contains(argument) && !(holds && argument < spec.passed());
  }

  List<DataType> types() {
    Schema input = spec.input();
    List<DataType> types = new ArrayList<>(spec.types(arguments));
    types.add(DataType.BIGINT);
    types.add(DataType.BIGINT);
    if (holds) {
      types.add(DataType.BIGINT);
      types.add(DataType.BIGINT);
      for (int i = 0; i < spec.passed(); i++) {
        types.add(input.type(i));
      }
      for (FramedAggregates frame : spec.frames()) {
        if (frame.bounds().endsWithRow()) {
          types.addAll(frame.program().results());
        }
      }
    }
    if (refers) {
      types.add(DataType.BIGINT);
    }
    return types;
  }

  /** Where the arguments of a frame are, with what an ordered program is told behind them. */
  int[] argumentsOf(FramedAggregates frame) {
    List<Integer> places = new ArrayList<>();
    for (int argument : frame.arguments()) {
      int place = arguments.indexOf(argument);
      places.add(place < 0 ? firstPassed + argument : place);
    }
    if (frame.program().isOrdered()) {
      places.add(arguments.size());
      places.add(arguments.size() + 1);
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Takes the columns of a batch. */
  void of(Batch batch) {
    int count = batch.size();
    times.ensureCapacity(count);
    numbers.ensureCapacity(count);
    for (int i = 0; i < arguments.size(); i++) {
      columns[i] = batch.column(arguments.get(i));
    }
    if (holds) {
      causes.ensureCapacity(count);
      rowtimes.ensureCapacity(count);
      for (int i = 0; i < spec.passed(); i++) {
        columns[firstPassed + i] = batch.column(i);
      }
      for (int i = firstResult; i < columns.length; i++) {
        columns[i].clearNulls();
        columns[i].ensureCapacity(count);
      }
    }
    held.ensureCapacity(refers ? count : 0);
  }

  /** Writes what a row of the batch has beside its columns. */
  void describe(Batch batch, int row, long time, long number) {
    times.values()[row] = time;
    numbers.values()[row] = number;
    if (holds) {
      causes.values()[row] = batch.cause(row);
      rowtimes.values()[row] = batch.rowtimes()[row];
    }
  }

  /** Writes the number of what is held of a row. */
  void refer(int row, int number) {
    held.values()[row] = number;
  }

  /** Takes the arguments that a frame has in a batch. */
  void argumentsIn(Batch batch, FramedAggregates frame, Column[] arguments) {
    int given = frame.arguments().size();
    for (int i = 0; i < given; i++) {
      arguments[i] = batch.column(frame.arguments().get(i));
    }
    if (frame.program().isOrdered()) {
      arguments[given] = times;
      arguments[given + 1] = numbers;
    }
  }

  Column[] columns() {
    return columns;
  }

  /** The columns of results, in the order of the frames that end with their row. */
  int firstResult() {
    return firstResult;
  }

  int firstPassed() {
    return firstPassed;
  }

  long number(Column[] logged, int row) {
    return ((LongColumn) logged[arguments.size() + 1]).values()[row];
  }

  int held(Column[] logged, int row) {
    return (int) ((LongColumn) logged[columns.length - 1]).values()[row];
  }

  long cause(Column[] logged, int row) {
    return ((LongColumn) logged[arguments.size() + 2]).values()[row];
  }

  long rowtime(Column[] logged, int row) {
    return ((LongColumn) logged[arguments.size() + 3]).values()[row];
  }
}
