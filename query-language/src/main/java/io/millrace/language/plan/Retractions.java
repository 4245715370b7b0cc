package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds rows that take others back: a query WITH RETRACTIONS sends them, streams, filters and
 * projections pass them on. A row that replaces another ({@code +U}) stands right behind the one
 * that it replaces ({@code -U}).
 */
public final class Retractions {
  /** In the plans of a complete script, whose streams say what their rows are. */
  private static final Retractions COMPLETE = new Retractions(StreamDeclaration::rowKinds);

  private final Function<StreamDeclaration, Optional<RowKinds>> kinds;

  /**
   * @param kinds what is known of a stream that is no table, if its rows take others back
   */
  public Retractions(Function<StreamDeclaration, Optional<RowKinds>> kinds) {
    this.kinds = kinds;
  }

  /** Whether rows of a node of a complete script take others back. */
  public static boolean in(PlanNode node) {
    return COMPLETE.of(node).isPresent();
  }

  /** The columns of a node of a complete script that say the kind of each row. */
  public static List<Integer> kindColumns(PlanNode node) {
    return COMPLETE.of(node).map(RowKinds::columns).orElse(List.of());
  }

  /** The columns of a node of a complete script that are made of the kind of each row. */
  public static List<Integer> columnsOfKind(PlanNode node) {
    return COMPLETE.of(node).map(RowKinds::ofKind).orElse(List.of());
  }

  /** What is known of the rows of a node, if they take others back. */
  public Optional<RowKinds> of(PlanNode node) {
    if (node instanceof ScanNode scan) {
      return scan.stream().isTable()
          ? Optional.empty()
          : kinds.apply(scan.stream()).map(of -> within(of, scan));
    }
    if (node instanceof ReplacedRowsNode) {
      return Optional.of(RowKinds.STEADY);
    }
    if ((node instanceof JoinNode join && join.retracts())
        || (node instanceof PatternNode pattern && pattern.retracts())) {
      return Optional.of(RowKinds.OF_LATER_TIME);
    }
    if (node instanceof AggregateNode rows
        && (rows.emission() == Emission.RETRACTED_CONTENTS
            || rows.emission() == Emission.RETRACTED_ROWS)) {
      return Optional.of(RowKinds.STEADY);
    }
    if (node instanceof AggregateNode groups) {
      List<Integer> last = List.of(groups.schema().size() - 1);
      return groups.retracts()
          ? Optional.of(new RowKinds(last, last, last, false))
          : Optional.empty();
    }
    if (node instanceof ProjectNode project) {
      return of(project.input()).map(of -> selected(of, project.expressions()));
    }
    if (node instanceof ExplodeNode exploded) {
      return of(exploded.input()).map(of -> exploded(of, exploded));
    }
    boolean passes =
        node instanceof FilterNode
            || node instanceof UnionNode
            || node instanceof SortNode
            || node instanceof ChangedRowsNode
            || node instanceof LateIntoNode;
    return passes ? united(node.inputs().stream().map(this::of).toList()) : Optional.empty();
  }

  /** The columns of a stream, of which a query may read some only. */
  private static RowKinds within(RowKinds kinds, ScanNode scan) {
    return new RowKinds(
        within(kinds.columns(), scan),
        within(kinds.ofKind(), scan),
        within(kinds.unsteady(), scan),
        kinds.hasUnsteadyTime());
  }

  private static List<Integer> within(List<Integer> columns, ScanNode scan) {
    return columns.stream()
        .map(column -> scan.schema().indexOf(scan.stream().schema().name(column)))
        .filter(column -> column >= 0)
        .toList();
  }

  /** Behind the columns that are repeated stand the elements. */
  private static RowKinds exploded(RowKinds kinds, ExplodeNode node) {
    List<Integer> ofKind = new ArrayList<>(kinds.ofKind());
    List<Integer> unsteady = new ArrayList<>(kinds.unsteady());
    int width = node.input().schema().size();
    for (int i = 0; i < node.arrays().size(); i++) {
      RowExpression array = node.arrays().get(i).expression();
      if (kinds.makesOfKind(array)) {
        ofKind.add(width + i);
      }
      if (kinds.makesUnsteady(array)) {
        unsteady.add(width + i);
      }
    }
    return new RowKinds(kinds.columns(), ofKind, unsteady, kinds.hasUnsteadyTime());
  }

  private static RowKinds selected(RowKinds kinds, List<NamedExpression> expressions) {
    List<Integer> columns = new ArrayList<>();
    List<Integer> ofKind = new ArrayList<>();
    List<Integer> unsteady = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      RowExpression expression = expressions.get(i).expression();
      boolean isKind =
          expression instanceof ColumnReference column
              ? kinds.columns().contains(column.index())
              : expression instanceof RowKindReference;
      if (isKind) {
        columns.add(i);
      }
      if (kinds.makesOfKind(expression)) {
        ofKind.add(i);
      }
      if (kinds.makesUnsteady(expression)) {
        unsteady.add(i);
      }
    }
    return new RowKinds(columns, ofKind, unsteady, kinds.hasUnsteadyTime());
  }

  /** What several inputs give together; those that take nothing back do not count. */
  public static Optional<RowKinds> united(List<Optional<RowKinds>> inputs) {
    Set<Integer> columns = new TreeSet<>();
    Set<Integer> ofKind = new TreeSet<>();
    Set<Integer> unsteady = new TreeSet<>();
    boolean hasUnsteadyTime = false;
    boolean found = false;
    for (Optional<RowKinds> input : inputs) {
      if (input.isPresent()) {
        if (found) {
          columns.retainAll(input.get().columns());
        } else {
          columns.addAll(input.get().columns());
        }
        ofKind.addAll(input.get().ofKind());
        unsteady.addAll(input.get().unsteady());
        hasUnsteadyTime |= input.get().hasUnsteadyTime();
        found = true;
      }
    }
    return found
        ? Optional.of(
            new RowKinds(
                List.copyOf(columns), List.copyOf(ofKind), List.copyOf(unsteady), hasUnsteadyTime))
        : Optional.empty();
  }
}
