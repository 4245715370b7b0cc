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
 * What is sent because rows leave for an arriving one, or because a moment has come: their groups
 * as they are then, or the rows themselves. What leaves for an arriving row waits until that has
 * been taken, for if it fails, nothing leaves.
 */
final class LeavingRows {
  private static final int ROW_COUNT = 0;
  private final WindowGroups spec;
  private final SlotTable groups;
  private final AggregateKernel kernel;
  private final GroupColumns columns;
  private final NewestColumns newest;
  private final int firstCarried;
  private final int firstKept;
  private final RowBuffer waiting;
  private final int[] one = new int[1];

  /** What has rows leave: it says when, and at which position. */
  interface Cause {
    /** Appends a row at the time and the position, and gives its index. */
    int append(RowBuffer to, RowKind kind);
  }

  /**
   * @param newest of each group
   * @param groupColumn the column of rows that are kept that holds their groups
   */
  LeavingRows(
      WindowGroups spec,
      SlotTable groups,
      AggregateKernel kernel,
      NewestColumns newest,
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

  /** Adds a group that rows have left for an arriving one, or that it is empty, if that is sent. */
  void addGroup(int group, Batch batch, int row) {
    addGroup(group, (to, kind) -> to.appendFor(batch, row, batch.rowtimes()[row], kind));
  }

  /** Adds a group that rows have left, or that it is empty, if that is sent. */
  void addGroup(int group, Cause cause) {
    boolean isByGroup = spec.emission().isByGroup();
    if (!isEmpty(group)) {
      write(group, cause.append(waiting, isByGroup ? RowKind.UPDATE_AFTER : RowKind.INSERT));
    } else if (isByGroup) {
      int to = cause.append(waiting, RowKind.DELETE);
      writeKeys(group, to);
      for (int c = spec.keys().size(); c < waiting.columns().length; c++) {
        waiting.column(c).setNull(to);
      }
    }
  }

  private boolean isEmpty(int group) {
    int slot = groups.slot(group);
    return ((LongColumn) groups.field(ROW_COUNT)).values()[slot] == 0;
  }

  private void write(int group, int to) {
    writeKeys(group, to);
    one[0] = groups.slot(group);
    kernel.bind(groups);
    kernel.results(one, 0, 1, columns.resultsOf(waiting), to);
    newest.write(groups, one[0], waiting.columns(), firstCarried, to);
    spec.emission().mark(waiting.columns(), to, false);
  }

  /** Adds a row that leaves for an arriving one, of the columns of rows as they are kept. */
  void addRow(Column[] kept, int index, int group, Batch batch, int row) {
    RowKind kind = spec.emission().kindOfLeaving();
    write(kept, index, group, waiting.appendFor(batch, row, batch.rowtimes()[row], kind));
  }

  /** Adds a row that leaves, of the columns of rows as they are kept. */
  void addRow(Column[] kept, int index, int group, Cause cause) {
    write(kept, index, group, cause.append(waiting, spec.emission().kindOfLeaving()));
  }

  private void write(Column[] kept, int index, int group, int to) {
    writeKeys(group, to);
    for (int i = 0; i < spec.sentOfRows().size(); i++) {
      waiting.column(firstCarried + i).copy(kept[firstKept + i], index, to);
    }
  }

  private void writeKeys(int group, int to) {
    int slot = groups.slot(group);
    for (int k = 0; k < spec.keys().size(); k++) {
      waiting.column(k).copy(groups.key(k), slot, to);
    }
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
