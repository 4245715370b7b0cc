package io.millrace.operators.analytic;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/** Counts the rows of each partition in the order of their times. */
final class RankState {
  private static final int NUMBER = 0;
  private static final int RANK = 1;
  private static final int DENSE_RANK = 2;
  private static final int TIME = 3;

  private final List<Ranking> rankings;
  private final SlotTable table;
  private final int firstField;

  RankState(List<Ranking> rankings, SlotTable table, int firstField) {
    this.rankings = rankings;
    this.table = table;
    this.firstField = firstField;
  }

  static List<StateType> fields(List<Ranking> rankings) {
    return rankings.isEmpty()
        ? List.of()
        : List.of(
            StateType.of("number", DataType.BIGINT),
            StateType.of("rank", DataType.BIGINT),
            StateType.of("dense rank", DataType.BIGINT),
            StateType.of("ranked time", DataType.BIGINT));
  }

  /** Counts the next row of a partition, and writes its rankings from a column on. */
  void next(int slot, long time, Column[] out, int firstColumn, int at) {
    if (rankings.isEmpty()) {
      return;
    }
    long number = ++field(NUMBER)[slot];
    if (number == 1 || field(TIME)[slot] != time) {
      field(RANK)[slot] = number;
      field(DENSE_RANK)[slot]++;
      field(TIME)[slot] = time;
    }
    for (int i = 0; i < rankings.size(); i++) {
      long place =
          switch (rankings.get(i)) {
            case ROW_NUMBER -> number;
            case RANK -> field(RANK)[slot];
            case DENSE_RANK -> field(DENSE_RANK)[slot];
          };
      ((LongColumn) out[firstColumn + i]).values()[at] = place;
    }
  }

  private long[] field(int index) {
    return ((LongColumn) table.field(firstField + index)).values();
  }
}
