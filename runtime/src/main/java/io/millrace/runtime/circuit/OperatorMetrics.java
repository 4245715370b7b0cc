package io.millrace.runtime.circuit;

/**
 * What an operator, or an entry, has done since the start; over all of its tasks.
 *
 * @param node its number in the job's graph; -1 for an entry
 * @param query the query that it belongs to; empty for an entry
 * @param operator what it is, as EXPLAIN PHYSICAL says it; of an entry the stream
 * @param rows how many rows it has sent
 * @param late how many rows came too late for it
 * @param entries how many keys and rows it holds
 * @param watermark what it has told those behind it: no earlier rows come, in milliseconds since
 *     the epoch; the smallest of its tasks' and partitions'. {@link
 *     io.millrace.spi.time.Timeline#NEVER} as long as nothing is known, {@link
 *     io.millrace.spi.time.Timeline#END} when the inputs have ended
 */
public record OperatorMetrics(
    int node, String query, String operator, long rows, long late, long entries, long watermark) {

  static OperatorMetrics of(OperatorStation station) {
    return new OperatorMetrics(
        station.node().id(),
        station.node().query(),
        station.node().spec().describe(),
        station.rows(),
        station.lateRows(),
        station.backend().entries(),
        station.timeline().last());
  }

  static OperatorMetrics of(EntryPort entry) {
    return new OperatorMetrics(-1, "", entry.stream(), entry.rows(), 0, 0, entry.watermark());
  }

  /** Together with the same operator elsewhere. */
  public OperatorMetrics plus(OperatorMetrics other) {
    return new OperatorMetrics(
        node,
        query,
        operator,
        rows + other.rows,
        late + other.late,
        entries + other.entries,
        Math.min(watermark, other.watermark));
  }
}
