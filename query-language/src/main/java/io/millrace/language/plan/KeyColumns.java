package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The key of a query's result (LANGUAGE section 3): the keys of its groups, else the key of its
 * only source.
 *
 * @param columns indexes of the key columns that are selected
 * @param isComplete whether all key columns are
 */
public record KeyColumns(List<Integer> columns, boolean isComplete) {
  private static final KeyColumns NONE = new KeyColumns(List.of(), true);

  public KeyColumns {
    columns = List.copyOf(columns);
  }

  /**
   * The key of the node's rows.
   *
   * @param isTable whether they are kept as a table: then the start of a closing window is part of
   *     the key, of a session and of a step of CUMULATE its end, too
   */
  public static KeyColumns of(PlanNode node, boolean isTable) {
    return node.accept(new Finder(isTable));
  }

  /** All columns. */
  private static KeyColumns all(PlanNode node) {
    return new KeyColumns(IntStream.range(0, node.schema().size()).boxed().toList(), true);
  }

  private record Finder(boolean isTable) implements PlanVisitor<KeyColumns> {
    private KeyColumns of(PlanNode node) {
      return node.accept(this);
    }

    @Override
    public KeyColumns visitScan(ScanNode node) {
      return new KeyColumns(node.stream().keyColumns(), true);
    }

    @Override
    public KeyColumns visitFilter(FilterNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitProject(ProjectNode node) {
      KeyColumns selected = selected(of(node.input()), node.expressions());
      if (!selected.isComplete()
          && node.input() instanceof JoinNode join
          && join.otherKey().isPresent()) {
        KeyColumns other =
            selected(new KeyColumns(join.otherKey().get(), true), node.expressions());
        return other.isComplete() ? other : selected;
      }
      return selected;
    }

    private static KeyColumns selected(KeyColumns input, List<NamedExpression> columns) {
      Map<Integer, Integer> places = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        NamedExpression column = columns.get(i);
        if (column.expression() instanceof ColumnReference reference) {
          places.putIfAbsent(reference.index(), i);
        }
      }
      List<Integer> selected = new ArrayList<>();
      for (int key : input.columns()) {
        if (places.containsKey(key)) {
          selected.add(places.get(key));
        }
      }
      boolean isComplete = input.isComplete() && selected.size() == input.columns().size();
      return new KeyColumns(selected, isComplete);
    }

    @Override
    public KeyColumns visitUnion(UnionNode node) {
      return node.isChangelog() ? new KeyColumns(node.keys(), true) : NONE;
    }

    @Override
    public KeyColumns visitJoin(JoinNode node) {
      return node.key().map(columns -> new KeyColumns(columns, true)).orElse(NONE);
    }

    @Override
    public KeyColumns visitExplode(ExplodeNode node) {
      KeyColumns input = of(node.input());
      if (!node.isChangelog()) {
        return input;
      }
      List<Integer> keys = new ArrayList<>(input.columns());
      int width = node.schema().size();
      for (int i = node.isNumbered() ? width - 1 : node.input().schema().size(); i < width; i++) {
        keys.add(i);
      }
      return new KeyColumns(keys, input.isComplete());
    }

    @Override
    public KeyColumns visitDistinct(DistinctNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitSpread(SpreadNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitSort(SortNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitSequence(SequenceNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitAlign(AlignNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitDelay(DelayNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitLateInto(LateIntoNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitLateRows(LateRowsNode node) {
      return NONE;
    }

    @Override
    public KeyColumns visitOrder(OrderNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitChangedRows(ChangedRowsNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitRateLimit(RateLimitNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitAnalytic(AnalyticNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitPattern(PatternNode node) {
      return node.keys() == 0
          ? NONE
          : new KeyColumns(IntStream.range(0, node.keys()).boxed().toList(), true);
    }

    @Override
    public KeyColumns visitRank(RankNode node) {
      return new KeyColumns(node.keyColumns(), true);
    }

    @Override
    public KeyColumns visitOver(OverNode node) {
      return new KeyColumns(node.keyColumns(), true);
    }

    @Override
    public KeyColumns visitWantedGroups(WantedGroupsNode node) {
      KeyColumns input = of(node.input());
      return new KeyColumns(
          input.columns().stream().filter(column -> column != node.wanted()).toList(),
          input.isComplete());
    }

    @Override
    public KeyColumns visitNewestByKey(NewestByKeyNode node) {
      KeyColumns input = of(node.input());
      return node.keys().equals(input.columns()) ? input : new KeyColumns(node.keys(), true);
    }

    @Override
    public KeyColumns visitReplacedRows(ReplacedRowsNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitBegunRows(BegunRowsNode node) {
      return new KeyColumns(node.apart(), true);
    }

    @Override
    public KeyColumns visitEvents(EventsNode node) {
      return of(node.input());
    }

    @Override
    public KeyColumns visitWholeRows(WholeRowsNode node) {
      return all(node);
    }

    /** Whether windows with one start may have different ends. */
    private static boolean hasSeveralEnds(WindowSpec window) {
      WindowSpec of = window instanceof WindowSpec.Revised revised ? revised.of() : window;
      return of.endsByGroup() || of instanceof WindowSpec.Cumulate;
    }

    @Override
    public KeyColumns visitAggregate(AggregateNode node) {
      if (node.passesRows() && node.partitionKeys().isEmpty()) {
        return selected(of(node.input()), node.carried());
      }
      List<Integer> keys = new ArrayList<>();
      int count = node.partitionKeys().size() + node.groupKeys().size();
      for (int i = 0; i < count; i++) {
        keys.add(i);
      }
      if (isTable && node.window().hasBounds()) {
        keys.add(count + node.aggregates().size());
        if (hasSeveralEnds(node.window())) {
          keys.add(count + node.aggregates().size() + 1);
        }
      }
      return new KeyColumns(keys, true);
    }
  }
}
