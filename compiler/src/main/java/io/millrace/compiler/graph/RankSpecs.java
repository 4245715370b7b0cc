package io.millrace.compiler.graph;

import io.millrace.language.plan.RankNode;
import io.millrace.operators.rank.RankBound;
import io.millrace.operators.rank.RankSpec;

/** What the operators of rankings are told. */
final class RankSpecs {
  private RankSpecs() {}

  /**
   * The operator of a ranking.
   *
   * @param lifetimeMillis after how long without a row a partition goes; 0 for never
   */
  static RankSpec of(RankNode node, long lifetimeMillis) {
    return new RankSpec(
        node.input().schema(),
        node.partition(),
        Orders.sortKeys(node.order()),
        node.rankings().stream().map(r -> AnalyticGraph.ranking(r.ranking())).toList(),
        node.bounds().stream()
            .map(b -> new RankBound(AnalyticGraph.ranking(b.ranking()), b.most()))
            .toList(),
        node.isByNumber(),
        node.rowKey(),
        node.input().isChangelog(),
        lifetimeMillis,
        node.schema());
  }
}
