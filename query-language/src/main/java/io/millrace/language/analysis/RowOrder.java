package io.millrace.language.analysis;

import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.BegunRowsNode;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.DelayNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.EventsNode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinTable;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.LateRowsNode;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanVisitor;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.language.plan.ReplacedRowsNode;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.SpreadNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.language.plan.UnionNode;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.language.plan.WholeRowsNode;
import io.millrace.language.plan.WindowSpec;
import java.util.List;
import java.util.function.Function;

/**
 * In which order rows come. Order-sensitive operators sort only where a stream has declared a
 * watermark (LANGUAGE section 8); elsewhere the order of arrival is the order.
 *
 * @param isDeclared whether the rows come, however indirectly, from a stream with a watermark
 * @param isSorted whether they are in the order of their times
 */
record RowOrder(boolean isDeclared, boolean isSorted) {
  private static final RowOrder ARRIVAL = new RowOrder(false, false);
  private static final RowOrder SORTED = new RowOrder(true, true);
  private static final RowOrder DISORDERED = new RowOrder(true, false);

  boolean needsSort() {
    return isDeclared && !isSorted;
  }

  static RowOrder declared(TimeAttribute time) {
    if (time instanceof TimeAttribute.Derived derived) {
      return derived.isSorted() ? ARRIVAL : DISORDERED;
    }
    return time instanceof TimeAttribute.Watermark ? DISORDERED : ARRIVAL;
  }

  /** Rows of several inputs, one behind the other as they come. */
  static RowOrder merged(List<RowOrder> inputs) {
    if (inputs.size() == 1) {
      return inputs.get(0);
    }
    return inputs.stream().anyMatch(RowOrder::isDeclared) ? DISORDERED : ARRIVAL;
  }

  static RowOrder of(PlanNode node, Function<StreamDeclaration, RowOrder> streams) {
    return node.accept(new Finder(streams));
  }

  private record Finder(Function<StreamDeclaration, RowOrder> streams)
      implements PlanVisitor<RowOrder> {
    private RowOrder of(PlanNode node) {
      return node.accept(this);
    }

    @Override
    public RowOrder visitScan(ScanNode node) {
      return streams.apply(node.stream());
    }

    @Override
    public RowOrder visitFilter(FilterNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitProject(ProjectNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitUnion(UnionNode node) {
      return merged(node.inputs().stream().map(this::of).toList());
    }

    /** What meets a table keeps its order; what meets other events comes with the last of both. */
    @Override
    public RowOrder visitJoin(JoinNode node) {
      if (node.method() instanceof JoinTable) {
        return of(node.left().isChangelog() ? node.right() : node.left());
      }
      RowOrder merged = merged(List.of(of(node.left()), of(node.right())));
      return node.method() instanceof JoinWindows && merged.isDeclared() ? SORTED : merged;
    }

    @Override
    public RowOrder visitExplode(ExplodeNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitDistinct(DistinctNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitSpread(SpreadNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitSort(SortNode node) {
      RowOrder sorted = node.keepsLate() ? DISORDERED : SORTED;
      return of(node.input()).isDeclared() ? sorted : ARRIVAL;
    }

    /** The order of the numbers is the order, whatever times the rows have. */
    @Override
    public RowOrder visitSequence(SequenceNode node) {
      return ARRIVAL;
    }

    /** What is held keeps its order, and the watermark waits for it. */
    @Override
    public RowOrder visitAlign(AlignNode node) {
      return of(node.input());
    }

    /** All times move alike. */
    @Override
    public RowOrder visitDelay(DelayNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitLateInto(LateIntoNode node) {
      return of(node.input());
    }

    /** Sorted by the watermark, all of them would be late once more. */
    @Override
    public RowOrder visitLateRows(LateRowsNode node) {
      return ARRIVAL;
    }

    /** Only rows of one moment change their places. */
    @Override
    public RowOrder visitOrder(OrderNode node) {
      return of(node.input());
    }

    /** A row that waits is sent with the time at which it is, or they all wait alike. */
    @Override
    public RowOrder visitAnalytic(AnalyticNode node) {
      return of(node.input());
    }

    /** A match has the time of its last event, or of the deadline that completes it. */
    @Override
    public RowOrder visitPattern(PatternNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitRank(RankNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitOver(OverNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitWantedGroups(WantedGroupsNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitNewestByKey(NewestByKeyNode node) {
      return of(node.input());
    }

    /** A row that is replaced has an earlier time than the one before it. */
    @Override
    public RowOrder visitReplacedRows(ReplacedRowsNode node) {
      RowOrder input = of(node.input());
      return input.isDeclared() ? DISORDERED : input;
    }

    @Override
    public RowOrder visitBegunRows(BegunRowsNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitEvents(EventsNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitWholeRows(WholeRowsNode node) {
      return of(node.input());
    }

    @Override
    public RowOrder visitChangedRows(ChangedRowsNode node) {
      return of(node.input());
    }

    /** What waits for the end of an interval has its time. */
    @Override
    public RowOrder visitRateLimit(RateLimitNode node) {
      RowOrder input = of(node.input());
      return node.waitsForTime() && input.isDeclared() ? SORTED : input;
    }

    /**
     * Windows close in the order of their ends, and are revised in any; groups that end with the
     * input do not.
     */
    @Override
    public RowOrder visitAggregate(AggregateNode node) {
      RowOrder input = of(node.input());
      if (node.window() instanceof WindowSpec.Revised && input.isDeclared()) {
        return DISORDERED;
      }
      if ((node.window().hasBounds() || node.window().hasTicks()) && input.isDeclared()) {
        return SORTED;
      }
      boolean waits =
          node.window() instanceof WindowSpec.Unbounded && node.emission() == Emission.FINAL;
      return waits && input.isDeclared() ? DISORDERED : input;
    }
  }
}
