package io.millrace.language.plan;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of CREATE AGGREGATION: each row is in one of every granularity. They send nothing;
 * who wants to know asks.
 *
 * @param granularities from fine to coarse
 * @param zone in whose calendar the buckets are; null for that of the job
 */
public record RollupWindow(List<RollupGranularity> granularities, @Nullable ZoneId zone)
    implements WindowSpec.Closing {
  public RollupWindow {
    granularities = List.copyOf(granularities);
  }

  /** The same buckets, in the calendar of a zone if none is said. */
  RollupWindow in(ZoneId otherwise) {
    return zone == null ? new RollupWindow(granularities, otherwise) : this;
  }

  @Override
  public long graceMillis() {
    return 0;
  }

  @Override
  public <R> R accept(WindowVisitor<R> visitor) {
    return visitor.visitRollup(this);
  }
}
