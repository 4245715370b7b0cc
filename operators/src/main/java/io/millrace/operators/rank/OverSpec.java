package io.millrace.operators.rank;

import io.millrace.operators.analytic.FramedAggregates;
import io.millrace.operators.analytic.Ranking;
import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.order.SortKey;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Keeps rows with rankings and aggregates of frames around them, in any orders, and sends the rows
 * of which something has changed.
 *
 * @param input the rows that come in, all columns of which are kept
 * @param parts the ways in which rows are looked at
 * @param rowKeys of changes the columns of their key
 * @param isOfChanges whether the rows that come in are changes by key; else they never leave, and
 *     are told apart by a number
 * @param ttlMillis how long a row that never leaves is kept; 0 for ever
 * @param output the columns of the input, what each part gives, and the number of the row
 */
public record OverSpec(
    Schema input,
    List<Part> parts,
    List<Integer> rowKeys,
    boolean isOfChanges,
    long ttlMillis,
    Schema output)
    implements OperatorSpec {
  /**
   * One way in which rows are looked at. It gives the rankings, then the aggregates of each frame.
   *
   * @param partition the columns that tell partitions apart; none for a single one
   * @param order what the rows of a partition are ordered by, most important first; in the order in
   *     which they came, where there is nothing
   * @param frames their bounds by value need an order by one column of integers; programs are those
   *     of rows that go in the order in which they came
   */
  public record Part(
      List<Integer> partition,
      List<SortKey> order,
      List<Ranking> rankings,
      List<FramedAggregates> frames) {
    public Part {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
      rankings = List.copyOf(rankings);
      frames = List.copyOf(frames);
    }

    /** The types of what it gives. */
    List<DataType> results() {
      List<DataType> results = new ArrayList<>();
      rankings.forEach(ranking -> results.add(DataType.BIGINT));
      frames.forEach(frame -> results.addAll(frame.program().results()));
      return results;
    }

    private String describe(Schema input) {
      List<String> sees = new ArrayList<>();
      rankings.forEach(ranking -> sees.add(ranking.name().toLowerCase(Locale.ROOT)));
      boolean isByTime =
          order.stream().anyMatch(key -> input.type(key.column()).equals(DataType.TIMESTAMP));
      frames.forEach(frame -> sees.add(frame.bounds().describe(isByTime)));
      String per = partition.stream().map(input::name).collect(Collectors.joining(", "));
      String by =
          order.stream()
              .map(key -> input.name(key.column()) + (key.isDescending() ? " DESC" : ""))
              .collect(Collectors.joining(", "));
      return (per.isEmpty() ? "" : " per " + per)
          + (by.isEmpty() ? "" : " by " + by)
          + ": "
          + String.join(", ", sees);
    }
  }

  public OverSpec {
    parts = List.copyOf(parts);
    rowKeys = List.copyOf(rowKeys);
  }

  @Override
  public String describe() {
    return "Over"
        + parts.stream().map(part -> part.describe(input)).collect(Collectors.joining(";"))
        + ", keeps all rows"
        + Expiry.describe(ttlMillis);
  }

  @Override
  public boolean isTimeDriven() {
    return ttlMillis > 0;
  }

  /** By what all partitions have in common, unless rows expire: see {@link RankSpec}. */
  @Override
  public Distribution distribution() {
    return ttlMillis > 0 ? Distribution.WHOLE : overPartitions();
  }

  @Override
  public Distribution overPartitions() {
    List<Integer> common = new ArrayList<>(parts.get(0).partition());
    parts.forEach(part -> common.retainAll(part.partition()));
    if (isOfChanges) {
      common.retainAll(rowKeys);
    }
    return Distribution.ofPartitions(common, output.size());
  }

  @Override
  public List<KernelSource<?>> kernels() {
    List<KernelSource<?>> kernels = new ArrayList<>();
    parts.forEach(part -> part.frames().forEach(frame -> kernels.add(frame.program().kernel())));
    return kernels;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new OverOperator(this, loader);
  }
}
