package io.millrace.operators.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a graph runs in parts, one for each partition of its inputs.
 *
 * @param graph the graph of each part: with exchanges, where rows of several partitions come
 *     together
 * @param exchanges these, in the order of the graph
 * @param obstacle what is in the way, if anything is; the others are of no meaning then
 */
public record PartitionPlan(
    OperatorGraph graph, List<ExchangePlan> exchanges, Optional<Obstacle> obstacle) {
  public PartitionPlan {
    exchanges = List.copyOf(exchanges);
  }

  /**
   * An operator that brings rows of several partitions together, before which there can be no
   * exchange.
   *
   * @param step the operator
   * @param entries the streams that its rows come from
   * @param gathered where some of its rows were brought to the first part, while others are in all
   *     of them; none unless that is in the way
   */
  public record Obstacle(GraphNode.Step step, Set<String> entries, List<ExchangePlan> gathered) {
    public Obstacle {
      entries = Set.copyOf(entries);
      gathered = List.copyOf(gathered);
    }
  }
}
