package io.millrace.language.rewrite;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.BegunRowsNode;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.DelayNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.DistinctScope;
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
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanVisitor;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.language.plan.ReplacedRowsNode;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.SortColumn;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.SpreadNode;
import io.millrace.language.plan.UnionNode;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.language.plan.WholeRowsNode;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Leaves out columns that nobody above reads: no projection computes them, no sorting buffer, union
 * or explosion carries them.
 *
 * <pre>
 * Aggregate [sum(x) AS s]           =>  Aggregate [sum(x) AS s]
 *   Sort by ROWTIME                       Sort by ROWTIME
 *     Project [a + b AS x, c || d AS y]     Project [a + b AS x]
 *       Scan [T]                              Scan [T]
 * </pre>
 *
 * <p>A scan keeps its columns, but for pseudo-columns of its connector; where rows are kept or
 * copied, a projection above it takes those that are read. Not left out: columns that may fail, all
 * columns of change logs (they may be its key) and of DISTINCT.
 */
final class PruneColumns implements PlanVisitor<PruneColumns.Pruned> {
  private final BitSet required;

  private PruneColumns(BitSet required) {
    this.required = required;
  }

  /**
   * A node with fewer columns.
   *
   * @param places for each column of the node that was, its index now; -1 if it has gone
   */
  record Pruned(PlanNode node, int[] places) {}

  /** The plan with all columns of its result. */
  static PlanNode prune(PlanNode root) {
    return prune(root, all(root)).node();
  }

  private static Pruned prune(PlanNode node, BitSet required) {
    BitSet needed = (BitSet) atLeastOne(required).clone();
    needed.set(0, declaredWidth(node));
    return node.accept(new PruneColumns(needed));
  }

  /** How many columns in front stay because they may be the key of a change log. */
  private static int declaredWidth(PlanNode node) {
    if (!node.isChangelog()) {
      return 0;
    }
    if (node instanceof ScanNode scan) {
      return scan.stream().schema().size();
    }
    return node instanceof FilterNode filter ? declaredWidth(filter.input()) : node.schema().size();
  }

  /** Rows are counted even where no column of them is read; they keep their first. */
  private static BitSet atLeastOne(BitSet required) {
    if (!required.isEmpty()) {
      return required;
    }
    BitSet first = new BitSet();
    first.set(0);
    return first;
  }

  /** The node with exactly the required columns, in their order. */
  private static Pruned narrow(PlanNode node, BitSet read) {
    BitSet required = atLeastOne(read);
    Pruned pruned = prune(node, required);
    Schema schema = node.schema();
    int[] places = new int[schema.size()];
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      places[i] = required.get(i) ? columns.size() : -1;
      if (required.get(i)) {
        columns.add(
            new NamedExpression(
                schema.name(i),
                new ColumnReference(pruned.places()[i], schema.type(i), schema.name(i))));
      }
    }
    boolean isExact = columns.size() == pruned.node().schema().size();
    return isExact ? pruned : new Pruned(new ProjectNode(pruned.node(), columns), places);
  }

  private static BitSet all(PlanNode node) {
    BitSet columns = new BitSet();
    columns.set(0, node.schema().size());
    return columns;
  }

  private static int[] unmoved(int count) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    return places;
  }

  private static PlanNode moveColumns(PlanNode node, int[] places) {
    return NodeExpressions.map(node, e -> Columns.move(e, places));
  }

  @Override
  public Pruned visitScan(ScanNode node) {
    int width = node.stream().schema().size();
    List<Field> fields = new ArrayList<>(node.stream().schema().fields());
    int[] places = unmoved(node.schema().size());
    for (int i = width; i < places.length; i++) {
      places[i] = required.get(i) ? fields.size() : -1;
      if (required.get(i)) {
        fields.add(node.schema().field(i));
      }
    }
    List<Field> metadata = fields.subList(width, fields.size());
    return new Pruned(new ScanNode(node.stream(), metadata, new Schema(fields)), places);
  }

  @Override
  public Pruned visitFilter(FilterNode node) {
    BitSet needed = (BitSet) required.clone();
    Columns.collect(node.predicate(), needed);
    Pruned input = prune(node.input(), needed);
    return new Pruned(
        new FilterNode(input.node(), Columns.move(node.predicate(), input.places())),
        input.places());
  }

  @Override
  public Pruned visitProject(ProjectNode node) {
    int[] places = new int[node.expressions().size()];
    List<NamedExpression> kept = new ArrayList<>();
    BitSet needed = new BitSet();
    for (int i = 0; i < places.length; i++) {
      NamedExpression column = node.expressions().get(i);
      boolean isKept = required.get(i) || column.expression().canFail();
      places[i] = isKept ? kept.size() : -1;
      if (isKept) {
        kept.add(column);
        Columns.collect(column.expression(), needed);
      }
    }
    Pruned input = prune(node.input(), needed);
    PlanNode pruned = moveColumns(new ProjectNode(input.node(), kept), input.places());
    return new Pruned(pruned, places);
  }

  @Override
  public Pruned visitUnion(UnionNode node) {
    List<PlanNode> inputs = new ArrayList<>();
    int[] places = new int[node.schema().size()];
    node.keys().forEach(required::set);
    for (PlanNode input : node.inputs()) {
      Pruned narrowed = narrow(input, required);
      inputs.add(narrowed.node());
      places = narrowed.places();
    }
    int[] moved = places;
    List<Integer> keys = node.keys().stream().map(key -> moved[key]).toList();
    return new Pruned(new UnionNode(inputs, keys), places);
  }

  @Override
  public Pruned visitJoin(JoinNode node) {
    return PrunedJoin.of(node, required, (side, columns) -> new PruneColumns(columns).kept(side));
  }

  @Override
  public Pruned visitExplode(ExplodeNode node) {
    int width = node.input().schema().size();
    BitSet carried = required.get(0, width);
    for (NamedExpression array : node.arrays()) {
      Columns.collect(array.expression(), carried);
    }
    Pruned input = narrow(node.input(), carried);
    List<Field> fields = new ArrayList<>(input.node().schema().fields());
    int[] places = new int[node.schema().size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i < width ? input.places()[i] : fields.size();
      if (i >= width) {
        fields.add(node.schema().field(i));
      }
    }
    ExplodeNode pruned =
        new ExplodeNode(
            input.node(), node.arrays(), node.isNumbered(), node.endsRows(), new Schema(fields));
    return new Pruned(moveColumns(pruned, input.places()), places);
  }

  @Override
  public Pruned visitDistinct(DistinctNode node) {
    Pruned input = narrow(node.input(), all(node.input()));
    DistinctScope scope = node.scope();
    if (scope instanceof DistinctScope.OfEmission emission) {
      List<Integer> apart = emission.apart().stream().map(at -> input.places()[at]).toList();
      scope = new DistinctScope.OfEmission(apart);
    }
    return new Pruned(new DistinctNode(input.node(), scope), input.places());
  }

  @Override
  public Pruned visitSpread(SpreadNode node) {
    Pruned input = prune(node.input(), required);
    return new Pruned(new SpreadNode(input.node()), input.places());
  }

  @Override
  public Pruned visitSort(SortNode node) {
    Pruned input = kept(node.input());
    return new Pruned(new SortNode(input.node(), node.keepsLate()), input.places());
  }

  @Override
  public Pruned visitSequence(SequenceNode node) {
    BitSet needed = (BitSet) required.clone();
    needed.set(node.number());
    if (node.skip() >= 0) {
      needed.set(node.skip());
    }
    Pruned input = new PruneColumns(needed).kept(node.input());
    int[] places = input.places();
    int skip = node.skip() < 0 ? -1 : places[node.skip()];
    return new Pruned(
        new SequenceNode(input.node(), places[node.number()], skip, node.timeoutMillis()), places);
  }

  @Override
  public Pruned visitAlign(AlignNode node) {
    BitSet needed = (BitSet) required.clone();
    Columns.collect(node.marks().number(), needed);
    Pruned input = new PruneColumns(needed).kept(node.input());
    PlanNode pruned = moveColumns(node.withInputs(List.of(input.node())), input.places());
    return new Pruned(pruned, input.places());
  }

  @Override
  public Pruned visitDelay(DelayNode node) {
    Pruned input = kept(node.input());
    return new Pruned(new DelayNode(input.node(), node.delayMillis()), input.places());
  }

  /** The input of a node that keeps rows: exactly what is read, of late ones too. */
  private Pruned kept(PlanNode input) {
    return input instanceof LateIntoNode late
        ? lateInto(late, new PruneColumns(requiredOf(late)).kept(late.input()))
        : narrow(input, required);
  }

  @Override
  public Pruned visitLateInto(LateIntoNode node) {
    return lateInto(node, prune(node.input(), requiredOf(node)));
  }

  private BitSet requiredOf(LateIntoNode node) {
    BitSet needed = (BitSet) required.clone();
    node.columns().forEach(column -> Columns.collect(column.expression(), needed));
    return needed;
  }

  private static Pruned lateInto(LateIntoNode node, Pruned input) {
    PlanNode pruned = moveColumns(node.withInputs(List.of(input.node())), input.places());
    return new Pruned(pruned, input.places());
  }

  @Override
  public Pruned visitLateRows(LateRowsNode node) {
    return new Pruned(node, unmoved(node.schema().size()));
  }

  @Override
  public Pruned visitOrder(OrderNode node) {
    BitSet needed = (BitSet) required.clone();
    node.order().forEach(column -> needed.set(column.column()));
    node.apart().forEach(needed::set);
    Pruned input = narrow(node.input(), needed);
    int[] places = input.places();
    List<SortColumn> order = new ArrayList<>();
    for (SortColumn column : node.order()) {
      order.add(
          new SortColumn(places[column.column()], column.isDescending(), column.nullsFirst()));
    }
    List<Integer> apart = node.apart().stream().map(column -> places[column]).toList();
    return new Pruned(
        new OrderNode(input.node(), order, node.offset(), node.limit(), apart, node.isOfOneTime()),
        places);
  }

  /** All columns are compared, or tell groups apart. */
  @Override
  public Pruned visitChangedRows(ChangedRowsNode node) {
    BitSet needed = new BitSet();
    needed.set(0, node.schema().size());
    Pruned input = narrow(node.input(), needed);
    return new Pruned(node.withInputs(List.of(input.node())), input.places());
  }

  @Override
  public Pruned visitRateLimit(RateLimitNode node) {
    BitSet needed = (BitSet) required.clone();
    node.keys().forEach(needed::set);
    Pruned input = narrow(node.input(), needed);
    List<Integer> keys = node.keys().stream().map(column -> input.places()[column]).toList();
    return new Pruned(
        new RateLimitNode(input.node(), node.kind(), node.interval(), keys), input.places());
  }

  @Override
  public Pruned visitAggregate(AggregateNode node) {
    BitSet needed = new BitSet();
    for (List<NamedExpression> expressions :
        List.of(node.partitionKeys(), node.groupKeys(), node.carried())) {
      expressions.forEach(e -> Columns.collect(e.expression(), needed));
    }
    node.window().expressions().forEach(e -> Columns.collect(e, needed));
    node.aggregates().forEach(call -> collect(call, needed));
    Pruned input = prune(node.input(), needed);
    PlanNode pruned = moveColumns(node.withInputs(List.of(input.node())), input.places());
    return new Pruned(pruned, unmoved(node.schema().size()));
  }

  static void collect(AggregateCall call, BitSet needed) {
    call.arguments().forEach(argument -> Columns.collect(argument, needed));
    RowExpression filter = call.filter();
    if (filter != null) {
      Columns.collect(filter, needed);
    }
  }

  @Override
  public Pruned visitRank(RankNode node) {
    return withAll(node);
  }

  @Override
  public Pruned visitOver(OverNode node) {
    return withAll(node);
  }

  @Override
  public Pruned visitWantedGroups(WantedGroupsNode node) {
    return withAll(node);
  }

  @Override
  public Pruned visitNewestByKey(NewestByKeyNode node) {
    return withAll(node);
  }

  @Override
  public Pruned visitReplacedRows(ReplacedRowsNode node) {
    return withAll(node);
  }

  @Override
  public Pruned visitBegunRows(BegunRowsNode node) {
    return withAll(node);
  }

  @Override
  public Pruned visitEvents(EventsNode node) {
    return withAll(node);
  }

  @Override
  public Pruned visitWholeRows(WholeRowsNode node) {
    return withAll(node);
  }

  /** A node that reads all columns of its input, which were put below it for that. */
  private static Pruned withAll(PlanNode node) {
    PlanNode input = node.inputs().get(0);
    Pruned narrowed = narrow(input, all(input));
    return new Pruned(node.withInputs(List.of(narrowed.node())), unmoved(node.schema().size()));
  }

  @Override
  public Pruned visitAnalytic(AnalyticNode node) {
    int width = node.input().schema().size();
    BitSet needed = required.get(0, width);
    for (AnalyticNode.Part part : node.parts()) {
      part.partitionKeys().forEach(key -> Columns.collect(key.expression(), needed));
      part.frames().forEach(framed -> framed.calls().forEach(call -> collect(call, needed)));
    }
    Pruned input = narrow(node.input(), needed);
    int[] places = new int[node.schema().size()];
    int narrowed = input.node().schema().size();
    for (int i = 0; i < places.length; i++) {
      places[i] = i < width ? input.places()[i] : narrowed + i - width;
    }
    PlanNode pruned = moveColumns(node.withInputs(List.of(input.node())), input.places());
    return new Pruned(pruned, places);
  }

  @Override
  public Pruned visitPattern(PatternNode node) {
    return PrunedPattern.of(node, required, PruneColumns::prune);
  }
}
