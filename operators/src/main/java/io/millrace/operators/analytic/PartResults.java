package io.millrace.operators.analytic;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.RowLog;
import java.util.Arrays;
import java.util.List;

/** Writes what a part gives for a row: the rankings, then the results of each frame. */
final class PartResults {
  private final Partitions partitions;

  /** The columns of what the part gives. */
  private final Column[] out;

  private final Column[][] results;

  /** By frame: if it ends with its row, where its results are kept. */
  private final Column[][] kept;

  private final int[] firstKept;

  PartResults(AnalyticSpec spec, LogColumns columns, Partitions partitions, Column[] out) {
    this.partitions = partitions;
    this.out = out;
    List<MovingFrame> frames = partitions.frames();
    results = new Column[frames.size()][];
    kept = new Column[frames.size()][];
    firstKept = new int[frames.size()];
    int next = spec.rankings().size();
    int nextKept = columns.firstResult();
    for (int i = 0; i < results.length; i++) {
      int width = frames.get(i).width();
      results[i] = Arrays.copyOfRange(out, next, next + width);
      next += width;
      if (spec.holdsRows() && frames.get(i).bounds().endsWithRow()) {
        firstKept[i] = nextKept;
        kept[i] = Arrays.copyOfRange(columns.columns(), nextKept, nextKept + width);
        nextKept += width;
      }
    }
  }

  /** Keeps what the frames that end with a row hold when it comes. */
  void keep(int slot, int row) {
    for (int i = 0; i < kept.length; i++) {
      MovingFrame frame = partitions.frames().get(i);
      if (frame.bounds().endsWithRow()) {
        frame.results(slot, kept[i], row);
      }
    }
  }

  /** Writes what is given for a row that has just come. */
  void write(int slot, int number, long ordinal, long time, int to) {
    partitions.rankings().next(slot, time, out, 0, to);
    for (int i = 0; i < results.length; i++) {
      MovingFrame frame = partitions.frames().get(i);
      if (!frame.bounds().endsWithRow()) {
        frame.moveTo(slot, number, ordinal, time);
      }
      frame.results(slot, results[i], to);
    }
  }

  /** Writes what is given for the first row of a partition that waits. */
  void writeNext(int slot, int number, int to) {
    RowLog log = partitions.log();
    long ordinal = partitions.next(slot, number);
    long time = log.time(number, ordinal);
    Column[] row = log.columns(number, ordinal);
    int index = log.index(number, ordinal);
    partitions.rankings().next(slot, time, out, 0, to);
    for (int i = 0; i < results.length; i++) {
      MovingFrame frame = partitions.frames().get(i);
      if (frame.bounds().endsWithRow()) {
        for (int j = 0; j < results[i].length; j++) {
          results[i][j].copy(row[firstKept[i] + j], index, to);
        }
      } else {
        frame.moveTo(slot, number, ordinal, time);
        frame.results(slot, results[i], to);
      }
    }
  }
}
