package io.millrace.operators.rank;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.rank.RankChange.Part;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Ranks rows that come and never leave by themselves. A row that is behind those that are wanted is
 * not kept; one that comes before some of them takes those out of which the places are no longer
 * wanted.
 */
final class RankOperator implements Operator {
  private static final Column[] NO_KEYS = {};
  private final RankSpec spec;
  private final Column[] keys;
  private RankRows rows;
  private RankChanges changes;
  private Expiry expiry;

  RankOperator(RankSpec spec) {
    this.spec = spec;
    this.keys = new Column[spec.partition().size()];
  }

  @Override
  public void open(OperatorContext context) {
    rows = new RankRows(spec, context.state());
    expiry = Expiry.open(spec.ttlMillis(), RankRows.PARTITIONS, RankRows.expiryField(), context);
    changes = new RankChanges(spec, rows, context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(spec.partition().get(i));
    }
    for (int row = 0; row < batch.size(); row++) {
      expiry.expireBefore(
          rows.partitions(), batch, row, (slot, time, code) -> expire(slot, time, code, output));
      arrive(batch, row, output);
    }
    changes.flush(batch.lateness(), output);
  }

  /**
   * Most rows are behind: these are looked at and leave no trace, unless they touch a partition.
   */
  private void arrive(Batch batch, int row, Output output) {
    int there = rows.partitions().find(keys, row);
    boolean isBehind = there >= 0 && rows.isBehind(there, batch, row);
    if (isBehind && !expiry.isActive()) {
      return;
    }
    int partition = rows.partitionOf(keys, row);
    expiry.touch(rows.partitions(), partition, batch, row);
    if (isBehind || (there < 0 && rows.isBehind(partition, batch, row))) {
      if (rows.size(partition) == 0) {
        rows.partitions().remove(partition);
      }
      return;
    }
    long wantedBefore = rows.size(partition);
    rows.note(partition, batch.rowtimes()[row]);
    int added = rows.add(partition, batch, row, NO_KEYS);
    long wanted = rows.wanted(partition);
    changes.send(
        partition,
        new RankChange(Part.NONE, part(partition, added), wantedBefore, wanted, false, false),
        new RankChanges.Cause(batch, row, output));
    for (long size = rows.size(partition); size > wanted; size--) {
      rows.remove(partition, rows.tree().select(rows.root(partition), size));
    }
  }

  /** A row that has come, which is the last of its peers. */
  private Part part(int partition, int row) {
    long place = rows.tree().before(rows.root(partition), row) + 1;
    return new Part(row, place, rows.tree().leads(row), place);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      expiry.expireAll(
          rows.partitions(), timeline, (slot, time, code) -> expire(slot, time, code, output));
      changes.flush(output);
    }
    return false;
  }

  private void expire(int partition, long time, int code, Output output) {
    changes.removedAll(partition, time, code, output);
    rows.clear(partition);
  }
}
