package io.millrace.operators.rank;

import io.millrace.operators.rank.RankChange.Part;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Ranks what a table holds: all rows are kept, since any of them may be wanted when others leave. A
 * change takes the row of its key out of its partition, then puts the new one into its own. Of two
 * partitions the one is sent first in which something may be deleted: that which has fewer places
 * then, or, of rows, that in which the new one takes the place of another. A row that keeps its
 * values of the order keeps its place among its peers.
 */
final class RankContentsOperator implements Operator {
  private final RankSpec spec;
  private final Column[] keys;
  private final Column[] rowKeys;
  private RankRows rows;
  private RankChanges changes;

  RankContentsOperator(RankSpec spec) {
    this.spec = spec;
    this.keys = new Column[spec.partition().size()];
    this.rowKeys = new Column[spec.rowKeys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    rows = new RankRows(spec, context.state());
    changes = new RankChanges(spec, rows, context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(spec.partition().get(i));
    }
    for (int i = 0; i < rowKeys.length; i++) {
      rowKeys[i] = batch.column(spec.rowKeys().get(i));
    }
    for (int row = 0; row < batch.size(); row++) {
      RankChanges.Cause cause = new RankChanges.Cause(batch, row, output);
      int there = rows.find(rowKeys, row);
      if (batch.kind(row) == RowKind.DELETE) {
        if (there != 0) {
          delete(there, cause);
        }
      } else if (there == 0) {
        add(rows.partitionOf(keys, row), cause);
      } else {
        replace(there, rows.partitionOf(keys, row), cause);
      }
    }
    changes.flush(batch.lateness(), output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }

  private void delete(int row, RankChanges.Cause cause) {
    int partition = rows.partition(row);
    long before = rows.wanted(partition);
    Part gone = takeOut(partition, row);
    rows.forget(row);
    sendRest(partition, new RankChange(gone, Part.NONE, before, 0, false, false), cause);
  }

  private void add(int partition, RankChanges.Cause cause) {
    long before = rows.wanted(partition);
    Part come = putIn(partition, cause);
    long wanted = rows.wanted(partition);
    changes.send(partition, new RankChange(Part.NONE, come, before, wanted, false, false), cause);
  }

  private void replace(int row, int to, RankChanges.Cause cause) {
    int from = rows.partition(row);
    long fromBefore = rows.wanted(from);
    if (from == to && rows.isPeer(row, cause.batch(), cause.row())) {
      long place = rows.tree().before(rows.root(to), row) + 1;
      rows.note(to, time(cause));
      rows.write(row, cause.batch(), cause.row());
      if (place <= fromBefore) {
        changes.sendSame(to, place, cause);
      }
      return;
    }
    long toBefore = rows.wanted(to);
    Part gone = takeOut(from, row);
    Part come = putIn(to, cause);
    long wanted = rows.wanted(to);
    boolean wasSent = gone.among(fromBefore) > 0;
    boolean isSent = come.among(wanted) > 0;
    if (from == to) {
      changes.send(to, new RankChange(gone, come, toBefore, wanted, wasSent, isSent), cause);
      return;
    }
    RankChange arrival = new RankChange(Part.NONE, come, toBefore, wanted, wasSent, isSent);
    RankChange rest = new RankChange(gone, Part.NONE, fromBefore, 0, wasSent, isSent);
    if (spec.isByNumber()) {
      sendRest(from, rest, cause);
      changes.send(to, arrival, cause);
    } else {
      changes.send(to, arrival, cause);
      sendRest(from, rest, cause);
    }
  }

  private static long time(RankChanges.Cause cause) {
    return cause.batch().rowtimes()[cause.row()];
  }

  /** Takes a row out of the order of its partition, and keeps what it was. */
  private Part takeOut(int partition, int row) {
    Part gone = part(partition, row);
    rows.keepGone(row);
    rows.takeOut(partition, row);
    return new Part(0, gone.place(), gone.isAlone(), gone.peersEnd());
  }

  private Part putIn(int partition, RankChanges.Cause cause) {
    rows.note(partition, time(cause));
    int row = rows.add(partition, cause.batch(), cause.row(), rowKeys);
    return part(partition, row);
  }

  private Part part(int partition, int row) {
    int root = rows.root(partition);
    RankTree tree = rows.tree();
    long end = tree.withPeers(root, row, true);
    boolean isAlone = end - tree.withPeers(root, row, false) == 1;
    return new Part(row, tree.before(root, row) + 1, isAlone, end);
  }

  /** Sends what is left of a partition that a row has left. */
  private void sendRest(int partition, RankChange change, RankChanges.Cause cause) {
    rows.note(partition, time(cause));
    changes.send(
        partition,
        new RankChange(
            change.gone(),
            change.come(),
            change.wantedBefore(),
            rows.wanted(partition),
            change.wasSent(),
            change.isSent()),
        cause);
    if (rows.size(partition) == 0) {
      rows.partitions().remove(partition);
    }
  }
}
