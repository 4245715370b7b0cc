package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.RowExpression;
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
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.LateRowsNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanVisitor;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.language.plan.ReplacedRowsNode;
import io.millrace.language.plan.Retractions;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.SpreadNode;
import io.millrace.language.plan.UnionNode;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.language.plan.WholeRowsNode;
import io.millrace.operators.filter.ChangelogFilterSpec;
import io.millrace.operators.filter.FilterProjectSpec;
import io.millrace.operators.filter.RetractionFilterSpec;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.sequence.SequenceSpec;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.spread.SpreadSpec;
import io.millrace.operators.table.ChangesSpec;
import io.millrace.operators.table.PickedChangesSpec;
import io.millrace.operators.table.PickedChangesSpec.Pick;
import io.millrace.operators.table.WholeRowsSpec;
import io.millrace.operators.window.DelaySpec;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operators of one query. A filter and the projection above it become one operator. */
final class QueryGraph implements PlanVisitor<Integer> {
  private final GraphBuilder graph;
  private final KernelCompiler kernels;
  private final QueryPlan query;
  private final StateIdentities identities;
  private final AlignGraph aligned;
  private final FollowGraph followed;

  /** Those of which some inputs let their rows go by themselves, and others are made to. */
  private final Set<UnionNode> mixedUnions = Collections.newSetFromMap(new IdentityHashMap<>());

  QueryGraph(
      GraphBuilder graph, KernelCompiler kernels, QueryPlan query, StateIdentities identities) {
    this.graph = graph;
    this.kernels = kernels;
    this.query = query;
    this.identities = identities;
    this.aligned = new AlignGraph(this, query.root(), sortLimit());
    this.followed = new FollowGraph(graph, query, identities);
  }

  /**
   * The node that gives the rows of the query.
   *
   * @param isTableOfItsOwn whether it alone feeds a table, which knows what is there
   */
  int build(boolean isTableOfItsOwn) {
    PlanNode root = query.root();
    return root.isChangelog() && !isTableOfItsOwn && TableChanges.mayConcernNone(root)
        ? exactChanges(root)
        : build(root);
  }

  private int exactChanges(PlanNode root) {
    KeyedChanges changes = KeyedChanges.of(root);
    Schema keyed = changes.plan().schema();
    int exact =
        graph.step(
            new ChangesSpec(keyed, changes.keys(), 0),
            List.of(build(changes.plan())),
            query.place(),
            query.name(),
            identities.changes(query));
    Schema wanted = root.schema();
    return keyed.size() == wanted.size()
        ? exact
        : project(exact, null, columns(wanted), wanted, true);
  }

  /** The changes of what an operator holds by their key. */
  int changes(KeyedChanges changes) {
    if (!expires(changes.plan())) {
      return build(changes.plan());
    }
    Optional<UnionNode> mixed = TableChanges.findMixedUnion(changes.plan(), this::expires);
    if (mixed.isPresent()) {
      mixedUnions.add(mixed.get());
      return build(changes.plan());
    }
    return expiring(changes);
  }

  /** Whether changes say nothing of what nothing touches any more. */
  private boolean expires(PlanNode changes) {
    return lifetimeMillis() > 0 && !TableChanges.letGo(changes) && !graph.isRanking(changes);
  }

  /** Changes that are not those of a table, with the deletions of what nothing touches any more. */
  private int expiring(KeyedChanges changes) {
    return graph.step(
        new ChangesSpec(changes.plan().schema(), changes.keys(), lifetimeMillis()),
        List.of(build(changes.plan())),
        query.place(),
        query.name(),
        identities.ofRewritten("changes", changes.plan()));
  }

  /** All columns, as they are. */
  static List<NamedExpression> columns(Schema schema) {
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      columns.add(
          new NamedExpression(
              schema.name(i), new ColumnReference(i, schema.type(i), schema.name(i))));
    }
    return columns;
  }

  /** The node that gives the rows of a plan. */
  int build(PlanNode node) {
    return node.accept(this);
  }

  /** How long what its operators keep lives; 0 for ever. */
  long lifetimeMillis() {
    return graph.lifetimeMillis();
  }

  SortLimit sortLimit() {
    return graph.sortLimit();
  }

  int place() {
    return query.place();
  }

  /** A step without state. */
  int step(OperatorSpec spec, int input) {
    return graph.step(spec, List.of(input), query.place(), query.name(), "");
  }

  /** A step that keeps rows or groups, for one node of the plan that does. */
  int statefulStep(OperatorSpec spec, int input) {
    return statefulStep(spec, List.of(input));
  }

  /** As {@link #statefulStep(OperatorSpec, int)}, with several inputs. */
  int statefulStep(OperatorSpec spec, List<Integer> inputs) {
    return graph.step(spec, inputs, query.place(), query.name(), identities.next(query));
  }

  @Override
  public Integer visitScan(ScanNode node) {
    int all = followed.build(node, graph.stream(node.stream()));
    Schema there = graph.schema(all);
    boolean showsReplaced = node.isChangelog() && node.stream().rowKinds().isPresent();
    int stream = showsReplaced ? step(new PickedChangesSpec(there, Pick.CURRENT), all) : all;
    if (there.equals(node.schema())) {
      return stream;
    }
    List<NamedExpression> columns = new ArrayList<>();
    for (Field field : node.schema().fields()) {
      int index = there.indexOf(field.name());
      columns.add(
          new NamedExpression(
              field.name(), new ColumnReference(index, field.type(), field.name())));
    }
    return project(stream, null, columns, node.schema(), node.isChangelog());
  }

  @Override
  public Integer visitFilter(FilterNode node) {
    int input = build(node.input());
    String description = "Filter " + ExpressionPrinter.print(node.predicate());
    KernelSource<RowPredicate> predicate = kernels.predicate(node.predicate());
    if (Retractions.in(node)) {
      return step(
          new RetractionFilterSpec(
              description, node.schema(), Retractions.kindColumns(node), predicate, null),
          input);
    }
    return node.isChangelog()
        ? step(new ChangelogFilterSpec(description, node.schema(), predicate), input)
        : step(
            new FilterProjectSpec(
                description,
                node.schema(),
                predicate,
                null,
                FilterTerms.find(node.predicate()),
                node.predicate().isDeterministic()),
            input);
  }

  @Override
  public Integer visitProject(ProjectNode node) {
    if (node.input() instanceof FilterNode filter
        && !filter.isChangelog()
        && !Retractions.in(filter)) {
      return project(
          build(filter.input()), filter.predicate(), node.expressions(), node.schema(), false);
    }
    int input = build(node.input());
    return Retractions.in(node)
        ? projectRetractions(
            input, node.expressions(), node.schema(), Retractions.kindColumns(node))
        : project(input, null, node.expressions(), node.schema(), node.isChangelog());
  }

  /**
   * A step that filters and projects.
   *
   * @param isOfChanges whether the rows are changes by key
   */
  int project(
      int input,
      @Nullable RowExpression condition,
      List<NamedExpression> expressions,
      Schema schema,
      boolean isOfChanges) {
    KernelSource<RowPredicate> predicate = condition == null ? null : kernels.predicate(condition);
    Projected projected = Projected.of(expressions, schema, isOfChanges, kernels);
    String description =
        (condition == null ? "" : "Filter " + ExpressionPrinter.print(condition) + "; ")
            + projected.description();
    return step(
        new FilterProjectSpec(
            description,
            graph.schema(input),
            predicate,
            projected.spec(),
            condition == null ? List.of() : FilterTerms.find(condition),
            (condition == null || condition.isDeterministic()) && projected.isRepeatable()),
        input);
  }

  /**
   * A step that projects rows that take others back. Where none can fail, they stay what they are.
   *
   * @param kindColumns the columns of the result that say the kind of each row
   */
  int projectRetractions(
      int input, List<NamedExpression> expressions, Schema schema, List<Integer> kindColumns) {
    if (expressions.stream().noneMatch(named -> named.expression().canFail())) {
      return project(input, null, expressions, schema, false);
    }
    Projected projected = Projected.of(expressions, schema, false, kernels);
    return step(
        new RetractionFilterSpec(
            projected.description(), graph.schema(input), kindColumns, null, projected.spec()),
        input);
  }

  @Override
  public Integer visitUnion(UnionNode node) {
    List<Integer> inputs = new ArrayList<>();
    for (PlanNode input : node.union()) {
      inputs.add(
          mixedUnions.contains(node)
              ? changes(new KeyedChanges(input, node.keys()))
              : build(input));
    }
    return union(inputs, node);
  }

  @Override
  public Integer visitJoin(JoinNode node) {
    return new JoinGraph(this, kernels, node).build();
  }

  /** Whether what brings nodes together need not wait for those that are idle. */
  boolean leavesOutIdle(List<Integer> inputs) {
    return graph.leavesOutIdle(inputs);
  }

  private int union(List<Integer> inputs, PlanNode node) {
    return graph.union(
        inputs,
        Collections.nCopies(inputs.size(), 0),
        node.schema(),
        new GraphBuilder.QueryOf(query.place(), query.name()),
        () -> identities.ofRewritten("union", node));
  }

  @Override
  public Integer visitExplode(ExplodeNode node) {
    return new ExplodeGraph(this, graph, node).build();
  }

  @Override
  public Integer visitDistinct(DistinctNode node) {
    return statefulStep(Distincts.of(node, lifetimeMillis()), build(node.input()));
  }

  @Override
  public Integer visitSpread(SpreadNode node) {
    return step(new SpreadSpec(node.schema()), build(node.input()));
  }

  @Override
  public Integer visitSort(SortNode node) {
    SortLimit limit = node.keepsLate() ? sortLimit().withoutLate() : sortLimit();
    SortSpec sort = new SortSpec(node.schema(), node.keepsLate(), limit);
    return noteLate(node.input(), "sort", statefulStep(sort, build(node.input())));
  }

  @Override
  public Integer visitSequence(SequenceNode node) {
    SequenceSpec sequence =
        new SequenceSpec(
            node.schema(), node.number(), node.skip(), node.timeoutMillis(), sortLimit());
    return noteLate(node.input(), "sequence", statefulStep(sequence, build(node.input())));
  }

  @Override
  public Integer visitAlign(AlignNode node) {
    return noteLate(node.input(), "align", aligned.build(node));
  }

  JoinSettings joins() {
    return graph.joins();
  }

  @Override
  public Integer visitDelay(DelayNode node) {
    DelaySpec delay = new DelaySpec(node.delayMillis(), node.schema(), sortLimit());
    return noteLate(node.input(), "delay", statefulStep(delay, build(node.input())));
  }

  /** Notes a step that takes the rows of its input as they are, if late ones go into a stream. */
  private int noteLate(PlanNode input, String kind, int step) {
    for (PlanNode node = input; node instanceof LateIntoNode late; node = late.input()) {
      noteLate(late.number(), kind, step, late.columns());
    }
    return step;
  }

  /**
   * Notes a step whose late rows go into a stream.
   *
   * @param columns what is wanted of them, of the columns of its input
   */
  void noteLate(int number, String kind, int step, List<NamedExpression> columns) {
    noteLate(number, kind, step, 0, columns);
  }

  /** As {@link #noteLate(int, String, int, List)}, of a step with several inputs. */
  void noteLate(int number, String kind, int step, int input, List<NamedExpression> columns) {
    graph.late().add(number, kind, new LateSteps.LateStep(step, input, columns));
  }

  @Override
  public Integer visitLateInto(LateIntoNode node) {
    return build(node.input());
  }

  @Override
  public Integer visitLateRows(LateRowsNode node) {
    List<Integer> inputs = new ArrayList<>();
    for (LateSteps.LateStep step : graph.lateSteps(node.number())) {
      Field lateBy = node.schema().field(0);
      int late = graph.lateRows(step.step(), step.input(), lateBy);
      int width = graph.schema(late).size() - 1;
      List<NamedExpression> columns = new ArrayList<>();
      columns.add(
          new NamedExpression(
              lateBy.name(), new ColumnReference(width, lateBy.type(), lateBy.name())));
      columns.addAll(step.columns());
      inputs.add(project(late, null, columns, node.schema(), false));
    }
    return inputs.size() == 1 ? inputs.get(0) : union(inputs, node);
  }

  @Override
  public Integer visitOrder(OrderNode node) {
    return statefulStep(Orders.of(node), build(node.input()));
  }

  @Override
  public Integer visitRank(RankNode node) {
    boolean isOfChanges = node.input().isChangelog();
    int input =
        isOfChanges ? changes(new KeyedChanges(node.input(), node.rowKey())) : build(node.input());
    return statefulStep(RankSpecs.of(node, isOfChanges ? 0 : lifetimeMillis()), input);
  }

  @Override
  public Integer visitOver(OverNode node) {
    return new OverGraph(this, kernels, node).build();
  }

  @Override
  public Integer visitWantedGroups(WantedGroupsNode node) {
    return step(KeyedRows.wanted(node, kernels), build(node.input()));
  }

  @Override
  public Integer visitNewestByKey(NewestByKeyNode node) {
    int input = build(node.input());
    return statefulStep(KeyedRows.newest(node), input);
  }

  @Override
  public Integer visitReplacedRows(ReplacedRowsNode node) {
    int input = build(node.input());
    long lifetimeMillis = expires(node.input()) ? lifetimeMillis() : 0;
    return statefulStep(new ChangesSpec(node.schema(), node.keys(), lifetimeMillis, true), input);
  }

  @Override
  public Integer visitBegunRows(BegunRowsNode node) {
    return statefulStep(Distincts.of(node), build(node.input()));
  }

  @Override
  public Integer visitEvents(EventsNode node) {
    return step(new PickedChangesSpec(node.schema(), Pick.EVENTS), build(node.input()));
  }

  @Override
  public Integer visitWholeRows(WholeRowsNode node) {
    int input = build(node.input());
    return statefulStep(new WholeRowsSpec(node.input().schema(), node.schema()), input);
  }

  @Override
  public Integer visitChangedRows(ChangedRowsNode node) {
    int input = build(node.input());
    return statefulStep(ChangedRows.of(node, lifetimeMillis()), input);
  }

  @Override
  public Integer visitRateLimit(RateLimitNode node) {
    return statefulStep(
        RateLimits.of(node, lifetimeMillis(), sortLimit().withoutLate()), build(node.input()));
  }

  @Override
  public Integer visitAggregate(AggregateNode node) {
    return new AggregateGraph(this, kernels, node).build();
  }

  @Override
  public Integer visitPattern(PatternNode node) {
    return new PatternGraph(this, kernels, node).build();
  }

  @Override
  public Integer visitAnalytic(AnalyticNode node) {
    return new AnalyticGraph(this, kernels, node).build();
  }
}
