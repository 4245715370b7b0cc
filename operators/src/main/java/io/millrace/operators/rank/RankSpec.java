package io.millrace.operators.rank;

import io.millrace.operators.analytic.Ranking;
import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.order.SortKey;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Ranks the rows of partitions in any order, and sends what changes of the ranking.
 *
 * @param input the rows that come in, all columns of which are kept
 * @param partition the columns that tell partitions apart; none for a single one
 * @param order what the rows of a partition are ordered by, most important first
 * @param rankings which places are sent
 * @param bounds which rows are wanted: all of them hold
 * @param isByNumber whether the changes are those of places: what is there at a row number; else
 *     they are those of rows, told apart by their key, or by a number behind the rankings
 * @param rowKeys of changes the columns of their key
 * @param isOfChanges whether the rows that come in are changes by key; else they never leave
 * @param ttlMillis how long a partition is kept that no row comes to, of rows that never leave; 0
 *     for ever
 * @param output the columns of the input, the rankings, and the number of the row
 */
public record RankSpec(
    Schema input,
    List<Integer> partition,
    List<SortKey> order,
    List<Ranking> rankings,
    List<RankBound> bounds,
    boolean isByNumber,
    List<Integer> rowKeys,
    boolean isOfChanges,
    long ttlMillis,
    Schema output)
    implements OperatorSpec {
  public RankSpec {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    rankings = List.copyOf(rankings);
    bounds = List.copyOf(bounds);
    rowKeys = List.copyOf(rowKeys);
  }

  @Override
  public String describe() {
    String per =
        partition.isEmpty()
            ? ""
            : " per " + String.join(", ", partition.stream().map(input::name).toList());
    String by =
        order.stream()
            .map(key -> input.name(key.column()) + (key.isDescending() ? " DESC" : ""))
            .collect(Collectors.joining(", "));
    String sent =
        rankings.stream()
            .map(ranking -> ranking.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    String wanted = bounds.stream().map(RankBound::toString).collect(Collectors.joining(" and "));
    String kept = bounds.isEmpty() || isOfChanges ? "keeps all rows" : "keeps those sent";
    return "Rank"
        + per
        + " by "
        + by
        + (sent.isEmpty() ? "" : ": " + sent)
        + (wanted.isEmpty() ? "" : ", where " + wanted)
        + ", "
        + kept
        + (isByNumber ? ", changes of places" : ", changes of rows")
        + Expiry.describe(ttlMillis);
  }

  /** Whether different values of the order are counted. */
  boolean countsPeers() {
    return rankings.contains(Ranking.DENSE_RANK)
        || bounds.stream().anyMatch(bound -> bound.ranking() == Ranking.DENSE_RANK);
  }

  /** Whether rows are told apart by numbers. */
  boolean numbersRows() {
    return !isByNumber && !isOfChanges;
  }

  /** The columns of the key of a partition. */
  List<DataType> partitionTypes() {
    return partition.stream().map(input::type).toList();
  }

  @Override
  public boolean isTimeDriven() {
    return ttlMillis > 0;
  }

  /**
   * By partitions, unless these expire: the rows of several may leave at one advance then, and
   * their order is that in which they were touched, which no task knows alone.
   */
  @Override
  public Distribution distribution() {
    return ttlMillis > 0 ? Distribution.WHOLE : overPartitions();
  }

  @Override
  public Distribution overPartitions() {
    return isOfChanges && !rowKeys.containsAll(partition)
        ? Distribution.WHOLE
        : Distribution.ofPartitions(partition, output.size());
  }

  @Override
  public Operator create(KernelLoader loader) {
    return isOfChanges ? new RankContentsOperator(this) : new RankOperator(this);
  }
}
