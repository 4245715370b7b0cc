package io.millrace.operators.rank;

import io.millrace.operators.analytic.Ranking;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;
import java.util.List;

/**
 * Writes what changes of the wanted rows of a partition: deletions first, then the rows from the
 * one that has changed on, in their order.
 */
final class RankChanges {
  private final RankSpec spec;
  private final RankRows rows;
  private final RowBuffer out;
  private final Timeline outputTimeline;
  private final int batchSize;
  private final int firstPlace;
  private final int rowNumber;

  RankChanges(RankSpec spec, RankRows rows, OperatorContext context) {
    this.spec = spec;
    this.rows = rows;
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    firstPlace = spec.input().size();
    rowNumber = spec.rankings().indexOf(Ranking.ROW_NUMBER);
  }

  /** What has brought a change about, and where it goes. */
  private record Cause(Batch batch, int row, long time, Output output) {}

  /**
   * Sends what a row changes that has been added.
   *
   * @param before how many rows were wanted before it came
   * @param wanted how many are now; those behind them are still there
   */
  void added(
      int partition, int added, long before, long wanted, Batch batch, int row, Output output) {
    Cause cause = new Cause(batch, row, rows.time(partition), output);
    int root = rows.root(partition);
    long place = rows.tree().before(root, added) + 1;
    if (spec.isByNumber()) {
      for (long number = wanted + 1; number <= before; number++) {
        deleteNumber(partition, number, cause);
      }
    } else {
      for (long number = wanted + 1; number <= before + 1; number++) {
        int left = rows.tree().select(root, number);
        if (left != added) {
          write(root, left, number, RowKind.DELETE, cause);
        }
      }
    }
    long last = movesOthers(added) ? wanted : Math.min(place, wanted);
    for (long number = place; number <= last; number++) {
      int there = rows.tree().select(root, number);
      boolean isNew = spec.isByNumber() ? number > before : there == added;
      write(root, there, number, isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER, cause);
    }
  }

  /** Whether what is sent of the rows behind one that has been added is other than before. */
  private boolean movesOthers(int added) {
    List<Ranking> sent = spec.rankings();
    return spec.isByNumber()
        || sent.contains(Ranking.ROW_NUMBER)
        || sent.contains(Ranking.RANK)
        || (sent.contains(Ranking.DENSE_RANK) && rows.tree().leads(added));
  }

  /** Sends that all rows of a partition have gone. */
  void removedAll(int partition, long time, int code, Output output) {
    int root = rows.root(partition);
    for (long number = 1; number <= rows.size(partition); number++) {
      int to = out.append(time, code, RowKind.DELETE);
      if (spec.isByNumber()) {
        copyNumber(partition, number, to);
      } else {
        copyRow(root, rows.tree().select(root, number), number, to);
      }
      if (out.size() == batchSize) {
        flush(output);
      }
    }
  }

  private void deleteNumber(int partition, long number, Cause cause) {
    int to = out.appendFor(cause.batch, cause.row, cause.time, RowKind.DELETE);
    copyNumber(partition, number, to);
    flushFull(cause);
  }

  private void write(int root, int row, long number, RowKind kind, Cause cause) {
    int to = out.appendFor(cause.batch, cause.row, cause.time, kind);
    copyRow(root, row, number, to);
    flushFull(cause);
  }

  /** The key of a place, and nothing else. */
  private void copyNumber(int partition, long number, int to) {
    for (Column column : out.columns()) {
      column.setNull(to);
    }
    for (int i = 0; i < spec.partition().size(); i++) {
      out.column(spec.partition().get(i)).copy(rows.partitions().key(i), partition, to);
    }
    if (rowNumber >= 0) {
      ((LongColumn) out.column(firstPlace + rowNumber)).put(to, number);
    }
  }

  private void copyRow(int root, int row, long number, int to) {
    for (int i = 0; i < firstPlace; i++) {
      out.column(i).copy(rows.column(i), row - 1, to);
    }
    List<Ranking> rankings = spec.rankings();
    for (int i = 0; i < rankings.size(); i++) {
      long place = rows.place(rankings.get(i), root, row, number);
      ((LongColumn) out.column(firstPlace + i)).put(to, place);
    }
    if (!spec.isByNumber()) {
      ((LongColumn) out.column(firstPlace + rankings.size())).put(to, rows.number(row));
    }
  }

  private void flushFull(Cause cause) {
    if (out.size() == batchSize) {
      flush(cause.batch.lateness(), cause.output);
    }
  }

  void flush(Output output) {
    flush(outputTimeline, output);
  }

  void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
