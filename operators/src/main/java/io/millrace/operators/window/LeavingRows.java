package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.time.Timeline;

/**
 * What is sent because rows leave for an arriving one: their groups as they are then, or the rows
 * themselves. It waits until the arriving row has been taken, for if that fails, nothing leaves.
 */
final class LeavingRows {
  private static final int ROW_COUNT = 0;
  private final WindowGroups spec;
  private final SlotTable groups;
  private final AggregateKernel kernel;
  private final GroupColumns columns;
  private final NewestRows newest;
  private final int firstCarried;
  private final int firstKept;
  private final RowBuffer waiting;
  private final int[] one = new int[1];

  /**
   * @param newest of each group
   * @param groupColumn the column of rows that are kept that holds their groups
   */
  LeavingRows(
      WindowGroups spec,
      SlotTable groups,
      AggregateKernel kernel,
      NewestRows newest,
      int groupColumn,
      Timeline timeline) {
    this.spec = spec;
    this.groups = groups;
    this.kernel = kernel;
    this.newest = newest;
    columns = new GroupColumns(spec.keys(), spec.arguments());
    firstCarried = spec.keys().size() + spec.program().results().size();
    firstKept = groupColumn - spec.sentOfRows().size();
    waiting = new RowBuffer(spec.output(), 1, timeline);
  }

  /** Adds a group that rows have left, unless it is empty. */
  void addGroup(int group, Batch batch, int row) {
    int slot = groups.slot(group);
    if (((LongColumn) groups.field(ROW_COUNT)).values()[slot] == 0) {
      return;
    }
    int to = append(slot, RowKind.INSERT, batch, row);
    one[0] = slot;
    kernel.bind(groups);
    kernel.results(one, 0, 1, columns.resultsOf(waiting), to);
    newest.write(groups, slot, waiting.columns(), firstCarried, to);
  }

  /** Adds a row that leaves, of the columns of rows as they are kept. */
  void addRow(Column[] kept, int index, int group, Batch batch, int row) {
    int to = append(groups.slot(group), spec.emission().kindOfLeaving(), batch, row);
    for (int i = 0; i < spec.sentOfRows().size(); i++) {
      waiting.column(firstCarried + i).copy(kept[firstKept + i], index, to);
    }
  }

  private int append(int slot, RowKind kind, Batch batch, int row) {
    int to = waiting.appendFor(batch, row, batch.rowtimes()[row], kind);
    for (int k = 0; k < spec.keys().size(); k++) {
      waiting.column(k).copy(groups.key(k), slot, to);
    }
    return to;
  }

  int size() {
    return waiting.size();
  }

  /** Copies one of the rows behind those of another buffer. */
  void copy(int row, RowBuffer out) {
    int to = out.size();
    out.appendRowOf(waiting, row);
    for (int c = 0; c < waiting.columns().length; c++) {
      out.column(c).copy(waiting.column(c), row, to);
    }
  }

  void clear() {
    waiting.clear();
  }
}
