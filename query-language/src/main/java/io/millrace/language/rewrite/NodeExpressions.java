package io.millrace.language.rewrite;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.BegunRowsNode;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.DelayNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.EventsNode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.LateRowsNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PatternVariable;
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
import io.millrace.language.plan.StreamMarks;
import io.millrace.language.plan.UnionNode;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.language.plan.WholeRowsNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Applies a change of expressions to those of one node; its inputs stay. */
final class NodeExpressions implements PlanVisitor<PlanNode> {
  private final UnaryOperator<RowExpression> change;
  private boolean changed;

  private NodeExpressions(UnaryOperator<RowExpression> change) {
    this.change = change;
  }

  /** The node with changed expressions; the same instance if none changes. */
  static PlanNode map(PlanNode node, UnaryOperator<RowExpression> change) {
    NodeExpressions mapping = new NodeExpressions(change);
    PlanNode mapped = node.accept(mapping);
    return mapping.changed ? mapped : node;
  }

  private RowExpression change(RowExpression expression) {
    RowExpression replaced = change.apply(expression);
    changed |= replaced != expression;
    return replaced;
  }

  private List<NamedExpression> changeNamed(List<NamedExpression> expressions) {
    List<NamedExpression> result = new ArrayList<>(expressions.size());
    for (NamedExpression expression : expressions) {
      result.add(new NamedExpression(expression.name(), change(expression.expression())));
    }
    return result;
  }

  private AggregateCall change(AggregateCall call) {
    return call.mapped(this::change);
  }

  @Override
  public PlanNode visitScan(ScanNode node) {
    return node;
  }

  @Override
  public PlanNode visitFilter(FilterNode node) {
    return new FilterNode(node.input(), change(node.predicate()));
  }

  @Override
  public PlanNode visitProject(ProjectNode node) {
    return new ProjectNode(node.input(), changeNamed(node.expressions()));
  }

  @Override
  public PlanNode visitUnion(UnionNode node) {
    return node;
  }

  @Override
  public PlanNode visitJoin(JoinNode node) {
    RowExpression condition = node.condition();
    return new JoinNode(
        node.left(),
        node.right(),
        node.kind(),
        node.method(),
        changeNamed(node.leftKeys()),
        changeNamed(node.rightKeys()),
        condition == null ? null : change(condition),
        node.unmatched());
  }

  @Override
  public PlanNode visitExplode(ExplodeNode node) {
    return new ExplodeNode(
        node.input(),
        changeNamed(node.arrays()),
        node.isNumbered(),
        node.endsRows(),
        node.schema());
  }

  @Override
  public PlanNode visitDistinct(DistinctNode node) {
    return node;
  }

  @Override
  public PlanNode visitSpread(SpreadNode node) {
    return node;
  }

  @Override
  public PlanNode visitSort(SortNode node) {
    return node;
  }

  @Override
  public PlanNode visitSequence(SequenceNode node) {
    return node;
  }

  @Override
  public PlanNode visitAlign(AlignNode node) {
    StreamMarks marks = new StreamMarks(change(node.marks().number()), node.marks().isCounted());
    return new AlignNode(node.input(), node.stream(), marks, node.streams());
  }

  @Override
  public PlanNode visitDelay(DelayNode node) {
    return node;
  }

  @Override
  public PlanNode visitLateInto(LateIntoNode node) {
    return new LateIntoNode(
        node.input(), node.number(), node.stream(), changeNamed(node.columns()));
  }

  @Override
  public PlanNode visitLateRows(LateRowsNode node) {
    return node;
  }

  @Override
  public PlanNode visitOrder(OrderNode node) {
    return node;
  }

  @Override
  public PlanNode visitChangedRows(ChangedRowsNode node) {
    return node;
  }

  @Override
  public PlanNode visitRateLimit(RateLimitNode node) {
    return node;
  }

  @Override
  public PlanNode visitRank(RankNode node) {
    return node;
  }

  @Override
  public PlanNode visitOver(OverNode node) {
    return node;
  }

  @Override
  public PlanNode visitWantedGroups(WantedGroupsNode node) {
    return node;
  }

  @Override
  public PlanNode visitNewestByKey(NewestByKeyNode node) {
    return node;
  }

  @Override
  public PlanNode visitReplacedRows(ReplacedRowsNode node) {
    return node;
  }

  @Override
  public PlanNode visitBegunRows(BegunRowsNode node) {
    return node;
  }

  @Override
  public PlanNode visitEvents(EventsNode node) {
    return node;
  }

  @Override
  public PlanNode visitWholeRows(WholeRowsNode node) {
    return node;
  }

  @Override
  public PlanNode visitAnalytic(AnalyticNode node) {
    return new AnalyticNode(node.input(), node.parts().stream().map(this::change).toList());
  }

  private AnalyticNode.Part change(AnalyticNode.Part part) {
    return new AnalyticNode.Part(
        changeNamed(part.partitionKeys()),
        part.rankings(),
        part.frames().stream()
            .map(
                framed ->
                    new AnalyticNode.FramedCalls(
                        framed.frame(), framed.calls().stream().map(this::change).toList()))
            .toList());
  }

  @Override
  public PlanNode visitPattern(PatternNode node) {
    return node.withVariables(node.variables().stream().map(this::change).toList());
  }

  private PatternVariable change(PatternVariable variable) {
    RowExpression condition = variable.condition();
    return new PatternVariable(
        variable.name(),
        variable.stream(),
        condition == null ? null : change(condition),
        variable.kept().stream().map(this::change).toList());
  }

  @Override
  public PlanNode visitAggregate(AggregateNode node) {
    return new AggregateNode(
        node.input(),
        node.window().mapExpressions(this::change),
        changeNamed(node.partitionKeys()),
        changeNamed(node.groupKeys()),
        node.aggregates().stream().map(this::change).toList(),
        changeNamed(node.carried()),
        node.emission(),
        node.schema());
  }
}
