package io.millrace.operators.filter;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the output batch of a projection: columns that are taken over are shared where every row
 * goes on, and gathered where some do not; the others are computed.
 */
public final class Projection {
  private final int[] sources;
  private final @Nullable RowProjector projector;
  private final boolean isOfChanges;
  private final Column[] own;
  private final Column[] computed;
  private final Batch result;
  private long[] rowtimes = new long[0];
  private int[] positions = new int[0];
  private int[] places = new int[0];
  private int[] lanes = new int[0];
  private byte[] kinds = new byte[0];
  private long[] ranks = new long[0];
  private long[] moments = new long[0];
  private int[] survivors = new int[0];

  private Projection(
      Schema output,
      int[] sources,
      @Nullable RowProjector projector,
      boolean isOfChanges,
      Timeline timeline) {
    this.sources = sources;
    this.projector = projector;
    this.isOfChanges = isOfChanges;
    this.own = new Column[sources.length];
    int computedCount = 0;
    for (int i = 0; i < own.length; i++) {
      own[i] = Column.of(output.type(i).layout(), 0);
      computedCount += sources[i] < 0 ? 1 : 0;
    }
    this.computed = new Column[computedCount];
    for (int i = 0, next = 0; i < own.length; i++) {
      if (sources[i] < 0) {
        computed[next++] = own[i];
      }
    }
    this.result = new Batch(output, own.clone(), timeline);
  }

  /** Takes all columns over, for rows that are selected. */
  public static Projection ofAll(Schema schema, OperatorContext context) {
    int[] all = new int[schema.size()];
    Arrays.setAll(all, i -> i);
    return new Projection(schema, all, null, false, context.outputTimeline());
  }

  /** A projection as the spec says. */
  public static Projection of(ProjectionSpec spec, KernelLoader loader, OperatorContext context) {
    RowProjector projector =
        spec.projector() == null ? null : loader.load(spec.projector(), context.evaluation());
    int[] sources = spec.sources().stream().mapToInt(Integer::intValue).toArray();
    return new Projection(
        spec.output(), sources, projector, spec.isOfChanges(), context.outputTimeline());
  }

  /**
   * Projects rows.
   *
   * @param selection the rows' indexes, or null for all
   * @param errors receives rows that fail; they are not in the result, but for changes by key: the
   *     deletions of their keys are. A deletion does not fail: its computed columns are NULL
   * @return the result, valid until the next call
   */
  public Batch project(Batch batch, int @Nullable [] selection, int count, RowErrors errors) {
    int before = errors.size();
    compute(batch, selection, count, errors);
    if (errors.size() == before) {
      return assemble(batch, selection, count);
    }
    if (isOfChanges) {
      return withDeletions(batch, selection, count, errors);
    }
    int left = survivors(batch, selection, count, errors);
    compute(batch, survivors, left, errors);
    for (int j = 0; j < left; j++) {
      if (errors.contains(survivors[j])) {
        for (Column column : computed) {
          column.setNull(j);
        }
        errors.remove(survivors[j]);
      }
    }
    return assemble(batch, survivors, left);
  }

  /** The result with rows that have failed as deletions. */
  private Batch withDeletions(
      Batch batch, int @Nullable [] selection, int count, RowErrors errors) {
    if (survivors.length < count) {
      survivors = new int[count];
    }
    for (int j = 0; j < count; j++) {
      survivors[j] = selection == null ? j : selection[j];
      if (errors.contains(survivors[j])) {
        for (Column column : computed) {
          column.setNull(j);
        }
      }
    }
    assemble(batch, survivors, count);
    if (kinds.length < count) {
      kinds = new byte[count];
    }
    for (int j = 0; j < count; j++) {
      RowKind kind = batch.kind(survivors[j]);
      if (kind == RowKind.DELETE) {
        errors.remove(survivors[j]);
      }
      kinds[j] = errors.contains(survivors[j]) ? RowKind.DELETE.code() : kind.code();
    }
    return result.kinds(kinds);
  }

  private void compute(Batch batch, int @Nullable [] selection, int count, RowErrors errors) {
    if (projector != null) {
      for (Column column : computed) {
        column.clearNulls();
        column.ensureCapacity(count);
      }
      projector.project(batch, selection, count, computed, errors);
    }
  }

  private Batch assemble(Batch batch, int @Nullable [] selection, int count) {
    for (int i = 0; i < own.length; i++) {
      if (sources[i] >= 0) {
        result.columns()[i] =
            selection == null ? batch.column(sources[i]) : gathered(i, batch, selection, count);
      } else {
        result.columns()[i] = own[i];
      }
    }
    return selection == null ? result.rowsOf(batch) : takeRows(batch, selection, count);
  }

  /**
   * The rows that did not fail, and deletions whatever they compute: what they delete is told by
   * columns that are taken over. For these a second computation is made; a row that failed once
   * does not count as failing twice.
   */
  private int survivors(Batch batch, int @Nullable [] selection, int count, RowErrors errors) {
    if (survivors.length < count) {
      survivors = new int[count];
    }
    int left = 0;
    for (int j = 0; j < count; j++) {
      int row = selection == null ? j : selection[j];
      if (batch.kind(row) == RowKind.DELETE || !errors.contains(row)) {
        survivors[left++] = row;
      }
    }
    return left;
  }

  private Column gathered(int index, Batch batch, int[] selection, int count) {
    Column column = own[index];
    column.clearNulls();
    column.ensureCapacity(count);
    column.gather(batch.column(sources[index]), selection, count, 0);
    return column;
  }

  private Batch takeRows(Batch batch, int[] selection, int count) {
    if (rowtimes.length < count) {
      rowtimes = new long[count];
      positions = new int[count];
    }
    long[] times = batch.rowtimes();
    int[] codes = batch.positions();
    for (int j = 0; j < count; j++) {
      rowtimes[j] = times[selection[j]];
    }
    if (codes == null) {
      for (int j = 0; j < count; j++) {
        positions[j] = Timeline.ofRow(selection[j]);
      }
    } else {
      for (int j = 0; j < count; j++) {
        positions[j] = codes[selection[j]];
      }
    }
    result.rows(count, rowtimes, positions, takeKinds(batch.kinds(), selection, count));
    return result
        .places(takePlaces(batch.places(), selection, count))
        .lanes(takeLanes(batch.lanes(), selection, count))
        .ranks(takeRanks(batch.ranks(), selection, count))
        .moments(takeMoments(batch.moments(), selection, count))
        .timelines(batch.timeline(), batch.lateness());
  }

  private byte @Nullable [] takeKinds(byte @Nullable [] from, int[] selection, int count) {
    if (from == null) {
      return null;
    }
    if (kinds.length < count) {
      kinds = new byte[count];
    }
    for (int j = 0; j < count; j++) {
      kinds[j] = from[selection[j]];
    }
    return kinds;
  }

  private long @Nullable [] takeRanks(long @Nullable [] from, int[] selection, int count) {
    if (from == null) {
      return null;
    }
    if (ranks.length < count * Batch.RANK) {
      ranks = new long[count * Batch.RANK];
    }
    for (int j = 0; j < count; j++) {
      System.arraycopy(from, selection[j] * Batch.RANK, ranks, j * Batch.RANK, Batch.RANK);
    }
    return ranks;
  }

  private long @Nullable [] takeMoments(long @Nullable [] from, int[] selection, int count) {
    if (from == null) {
      return null;
    }
    if (moments.length < count) {
      moments = new long[count];
    }
    for (int j = 0; j < count; j++) {
      moments[j] = from[selection[j]];
    }
    return moments;
  }

  private int @Nullable [] takePlaces(int @Nullable [] from, int[] selection, int count) {
    if (from == null) {
      return null;
    }
    places = take(from, selection, count, places);
    return places;
  }

  private int @Nullable [] takeLanes(int @Nullable [] from, int[] selection, int count) {
    if (from == null) {
      return null;
    }
    lanes = take(from, selection, count, lanes);
    return lanes;
  }

  /** Fills an array, or a longer one, and gives it back. */
  private static int[] take(int[] from, int[] selection, int count, int[] into) {
    int[] taken = into.length < count ? new int[count] : into;
    for (int j = 0; j < count; j++) {
      taken[j] = from[selection[j]];
    }
    return taken;
  }
}
