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
 * Writes what changes of the wanted rows of a partition: deletions first, then the rows whose
 * places have changed and those that are wanted now, in their order.
 */
final class RankChanges {
  private final RankSpec spec;
  private final RankRows rows;
  private final RowBuffer out;
  private final Timeline outputTimeline;
  private final int batchSize;
  private final int firstPlace;
  private final int rowNumber;
  private final boolean sendsNumbers;
  private final boolean sendsRanks;
  private final boolean sendsDenseRanks;

  RankChanges(RankSpec spec, RankRows rows, OperatorContext context) {
    this.spec = spec;
    this.rows = rows;
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    firstPlace = spec.input().size();
    rowNumber = spec.rankings().indexOf(Ranking.ROW_NUMBER);
    sendsNumbers = spec.isByNumber() || rowNumber >= 0;
    sendsRanks = spec.rankings().contains(Ranking.RANK);
    sendsDenseRanks = spec.rankings().contains(Ranking.DENSE_RANK);
  }

  /** What has brought a change about, and where it goes. */
  record Cause(Batch batch, int row, Output output) {}

  /** Sends what has changed of a partition. */
  void send(int partition, RankChange change, Cause cause) {
    int root = rows.root(partition);
    long time = rows.time(partition);
    long before = change.wantedBefore() - change.gone().among(change.wantedBefore());
    long now = change.wanted() - change.come().among(change.wanted());
    if (spec.isByNumber()) {
      for (long number = change.wanted() + 1; number <= change.wantedBefore(); number++) {
        copyNumber(partition, number, append(time, RowKind.DELETE, cause));
        flushFull(cause);
      }
    } else {
      if (change.gone().among(change.wantedBefore()) > 0 && !change.isSent()) {
        copyGone(append(time, RowKind.DELETE, cause));
        flushFull(cause);
      }
      for (long common = now + 1; common <= before; common++) {
        write(root, change.placeNow(common), time, RowKind.DELETE, cause);
      }
    }
    boolean anyEnters = spec.isByNumber() ? change.wanted() > change.wantedBefore() : now > before;
    long entering = spec.isByNumber() ? change.wantedBefore() + 1 : change.placeNow(before + 1);
    long entered = change.come().isThere() ? change.come().place() : entering;
    long from = sendsPlaces() ? change.first() : entered;
    long last = Math.min(lastMoved(change), change.wanted());
    if (anyEnters && !sendsPlaces()) {
      from = Math.min(from, entering);
      last = change.wanted();
    }
    for (long place = from; place <= last; place++) {
      sendPlace(root, place, before, change, time, cause);
    }
    for (long place = Math.max(last + 1, entering); place <= change.wanted(); place++) {
      sendPlace(root, place, before, change, time, cause);
    }
  }

  /** Whether rows are also sent that have stayed what they were, when their places change. */
  private boolean sendsPlaces() {
    return sendsNumbers || sendsRanks || sendsDenseRanks;
  }

  /** Sends that a row has other values, but the place that it had. */
  void sendSame(int partition, long place, Cause cause) {
    write(rows.root(partition), place, rows.time(partition), RowKind.UPDATE_AFTER, cause);
  }

  /** Sends the row of a place, if what was sent of it is no longer so. */
  private void sendPlace(
      int root, long place, long before, RankChange change, long time, Cause cause) {
    boolean hasCome = place == change.come().place();
    long common = change.common(place);
    boolean isNew =
        spec.isByNumber()
            ? place > change.wantedBefore()
            : hasCome ? !change.wasSent() : common > before;
    if (isNew || hasCome || hasMoved(root, place, common, change)) {
      write(root, place, time, isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER, cause);
    }
  }

  /** The last place that may be another one than before. */
  private long lastMoved(RankChange change) {
    RankChange.Part gone = change.gone();
    RankChange.Part come = change.come();
    if (!sendsPlaces()) {
      return come.place();
    }
    boolean isOne = !gone.isThere() || !come.isThere();
    if (isOne || (sendsDenseRanks && gone.isAlone() != come.isAlone())) {
      return change.wanted();
    }
    long last = Math.max(gone.place(), come.place());
    return sendsRanks ? Math.max(last, Math.max(gone.peersEnd(), come.peersEnd())) : last;
  }

  /** Whether a place that is sent of a row is another one than before. */
  private boolean hasMoved(int root, long place, long common, RankChange change) {
    if (sendsNumbers && change.placeBefore(common) != place) {
      return true;
    }
    if (!sendsRanks && !sendsDenseRanks) {
      return false;
    }
    int row = rows.tree().select(root, place);
    boolean isBehindCome =
        change.come().isThere() && rows.tree().comparePeers(change.come().row(), row) < 0;
    boolean isBehindGone = change.gone().isThere() && rows.isGoneBefore(row);
    return (sendsRanks && isBehindCome != isBehindGone)
        || (sendsDenseRanks
            && (isBehindCome && change.come().isAlone())
                != (isBehindGone && change.gone().isAlone()));
  }

  /** Sends that all rows of a partition have gone. */
  void removedAll(int partition, long time, int code, Output output) {
    int root = rows.root(partition);
    for (long number = 1; number <= rows.size(partition); number++) {
      int to = out.append(time, code, RowKind.DELETE);
      out.dueAt(to, time);
      if (spec.isByNumber()) {
        copyNumber(partition, number, to);
      } else {
        copyRow(root, number, to);
      }
      if (out.size() == batchSize) {
        flush(output);
      }
    }
  }

  private void write(int root, long place, long time, RowKind kind, Cause cause) {
    copyRow(root, place, append(time, kind, cause));
    flushFull(cause);
  }

  private int append(long time, RowKind kind, Cause cause) {
    return out.appendFor(cause.batch, cause.row, time, kind);
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

  /** The row that has gone, without places. */
  private void copyGone(int to) {
    for (int i = 0; i < firstPlace; i++) {
      out.column(i).copy(rows.gone(i), 0, to);
    }
    for (int i = firstPlace; i < out.columns().length; i++) {
      out.column(i).setNull(to);
    }
  }

  private void copyRow(int root, long place, int to) {
    int row = rows.tree().select(root, place);
    int slot = rows.slot(row);
    for (int i = 0; i < firstPlace; i++) {
      out.column(i).copy(rows.column(i), slot, to);
    }
    List<Ranking> rankings = spec.rankings();
    for (int i = 0; i < rankings.size(); i++) {
      long value = rows.place(rankings.get(i), root, row, place);
      ((LongColumn) out.column(firstPlace + i)).put(to, value);
    }
    if (spec.numbersRows()) {
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
