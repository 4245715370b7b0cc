package io.millrace.language.plan;

/** One method per kind of node, without defaults. */
public interface PlanVisitor<R> {
  R visitScan(ScanNode node);

  R visitFilter(FilterNode node);

  R visitProject(ProjectNode node);

  R visitUnion(UnionNode node);

  R visitJoin(JoinNode node);

  R visitExplode(ExplodeNode node);

  R visitDistinct(DistinctNode node);

  R visitSort(SortNode node);

  R visitSequence(SequenceNode node);

  R visitAlign(AlignNode node);

  R visitDelay(DelayNode node);

  R visitAggregate(AggregateNode node);

  R visitAnalytic(AnalyticNode node);

  R visitPattern(PatternNode node);

  R visitRank(RankNode node);

  R visitOver(OverNode node);

  R visitReplacedRows(ReplacedRowsNode node);

  R visitBegunRows(BegunRowsNode node);

  R visitEvents(EventsNode node);

  R visitWholeRows(WholeRowsNode node);

  R visitWantedGroups(WantedGroupsNode node);

  R visitNewestByKey(NewestByKeyNode node);

  R visitSpread(SpreadNode node);

  R visitOrder(OrderNode node);

  R visitRateLimit(RateLimitNode node);

  R visitChangedRows(ChangedRowsNode node);

  R visitLateInto(LateIntoNode node);

  R visitLateRows(LateRowsNode node);
}
