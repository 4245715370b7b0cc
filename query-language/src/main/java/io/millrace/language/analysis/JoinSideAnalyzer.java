package io.millrace.language.analysis;

import io.millrace.language.ast.JoinRelation;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.JoinKind;
import io.millrace.language.plan.JoinMethod;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.JoinWindows.JoinContents;
import io.millrace.language.plan.JoinedEvents;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.SortNode;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes plans of the sides of a join. Each has all columns of its sources, and their
 * pseudo-columns, so that the time of each event is still known when it has been joined.
 */
final class JoinSideAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final JoinRelation relation;
  private final AnalyzedRelation left;
  private final AnalyzedRelation right;
  private final boolean areWindows;

  JoinSideAnalyzer(
      AnalysisContext context,
      JoinRelation relation,
      AnalyzedRelation left,
      AnalyzedRelation right) {
    this.context = context;
    this.reporter = context.reporter();
    this.relation = relation;
    this.left = left;
    this.right = right;
    this.areWindows =
        Stream.of(left, right).noneMatch(input -> input.plan().isChangelog())
            && Stream.of(left, right).anyMatch(input -> input.hasWindow() || isOfWindows(input));
  }

  JoinSide left() {
    return side(left, relation.left(), relation.right());
  }

  JoinSide right() {
    return side(right, relation.right(), relation.left());
  }

  /** Whether what is joined is there, as long as both of its events are. */
  private static boolean isOfWindows(AnalyzedRelation input) {
    return input.plan() instanceof JoinNode join && holdsPairs(join.method());
  }

  private static boolean holdsPairs(JoinMethod method) {
    return method instanceof JoinWindows windows
        && windows.left().isHeld()
        && windows.right().isHeld();
  }

  private JoinSide side(AnalyzedRelation input, Relation written, Relation other) {
    List<NamedExpression> columns = new ArrayList<>();
    List<Scope.Source> sources = new ArrayList<>();
    for (Scope.Source source : input.sources()) {
      List<Scope.Column> moved = new ArrayList<>();
      for (Scope.Column column : source.columns()) {
        RowExpression value = column.value();
        moved.add(
            new Scope.Column(
                column.name(),
                new ColumnReference(columns.size(), value.type(), column.name()),
                column.isPseudo()));
        String prefix = source.name() == null ? "" : source.name() + ".";
        columns.add(new NamedExpression(prefix + column.name(), value));
      }
      sources.add(new Scope.Source(source.name(), moved, false));
    }
    if (input.plan().isChangelog()) {
      refuseUnidirectional(written);
      return table(input, columns, sources);
    }
    if (left.plan().isChangelog() || right.plan().isChangelog()) {
      refuseWindow(input, written);
    }
    if (areWindows) {
      boolean triggers = isUnidirectional(written) || !isUnidirectional(other);
      return ofWindow(input, written, triggers, columns, sources);
    }
    if (isUnidirectional(written) && relation.bound() != null) {
      reporter.unsupported(UnsupportedFeature.UNIDIRECTIONAL, written.span());
    }
    boolean mayBeLate = relation.bound() != null;
    LateRows routes =
        mayBeLate ? input.late().map(route -> route.through(columns)) : LateRows.DROPPED;
    PlanNode rows = new ProjectNode(input.plan(), columns);
    return new JoinSide(
        late(routes, rows, LateWord.BEHIND_SOURCE).apply(rows), sources, List.of(), null);
  }

  /** An event meets what a table has: a window around it would be without effect. */
  private void refuseWindow(AnalyzedRelation input, Relation written) {
    if (input.hasWindow()) {
      reporter.error(
          "bad-join",
          written.span(),
          "a window has nothing to do beside a table: only its rows send something, and each meets"
              + " what the table has when it comes",
          "leave it out, or put it behind the join in parentheses");
    }
  }

  private void refuseUnidirectional(Relation table) {
    if (isUnidirectional(table)) {
      reporter.error(
          "bad-join",
          table.span(),
          "rows of a table send nothing, so it cannot be the UNIDIRECTIONAL side",
          "leave it out");
    }
  }

  private static boolean isUnidirectional(Relation relation) {
    return relation instanceof JoinRelation join
        ? isUnidirectional(join.left()) || isUnidirectional(join.right())
        : relation instanceof SourceRelation source && source.modifiers().isUnidirectional();
  }

  private static JoinSide table(
      AnalyzedRelation input, List<NamedExpression> columns, List<Scope.Source> sources) {
    KeyedChanges keyed = KeyedChanges.of(input.plan());
    List<NamedExpression> withKey = new ArrayList<>(columns);
    List<Integer> key = new ArrayList<>();
    for (int column : keyed.keys()) {
      key.add(withKey.size());
      DataType type = keyed.plan().schema().type(column);
      String name = "key_" + key.size();
      withKey.add(new NamedExpression(name, new ColumnReference(column, type, name)));
    }
    return new JoinSide(new ProjectNode(keyed.plan(), withKey), sources, key, null);
  }

  /** What sends the late rows of an input where they are wanted. */
  private UnaryOperator<PlanNode> late(LateRows routes, PlanNode rows, LateWord word) {
    return new LateIntoAnalyzer(context).into(routes, rows, word);
  }

  private UnaryOperator<PlanNode> late(AnalyzedRelation side) {
    LateWord word = side.hasWindow() ? LateWord.BEHIND_WINDOW : LateWord.BEHIND_SOURCE;
    return late(side.late(), side.plan(), word);
  }

  /**
   * A side of which a window, or a join of windows, says what is there; one without has nothing
   * there.
   *
   * @param triggers whether its rows meet those of the other side
   */
  private JoinSide ofWindow(
      AnalyzedRelation input,
      Relation written,
      boolean triggers,
      List<NamedExpression> columns,
      List<Scope.Source> sources) {
    if (input.plan() instanceof JoinNode join && isOfWindows(input) && !input.hasWindow()) {
      if (join.kind() != JoinKind.INNER) {
        reporter.unsupported(UnsupportedFeature.OUTER_JOIN_OF_CONTENTS, written.span());
      }
      RowExpression condition = join.condition();
      if (condition != null && !condition.isDeterministic()) {
        reporter.error(
            "bad-join",
            written.span(),
            "a condition that is random says another thing of a pair when it leaves",
            "join what is left of a query with this condition");
      }
      JoinWindows windows = (JoinWindows) join.method();
      PlanNode pairs = join.withMethod(windows.sendingContents());
      JoinContents contents = new JoinContents(true, triggers, JoinedWindow.stays(join, columns));
      return new JoinSide(new ProjectNode(pairs, columns), sources, List.of(), contents);
    }
    if (JoinedEvents.areJoined(input.plan(), JoinSideAnalyzer::holdsPairs) && !input.hasWindow()) {
      reporter.unsupported(UnsupportedFeature.CONTENTS_BEHIND_OTHERS, written.span());
    }
    UnaryOperator<PlanNode> late = late(input);
    PlanNode sorted = late.apply(new SortNode(late.apply(input.plan())));
    UnaryOperator<PlanNode> lateHere = LateIntoAnalyzer.behind(sorted, columns);
    if (!input.hasWindow()) {
      return new JoinSide(
          lateHere.apply(new ProjectNode(sorted, columns)),
          sources,
          List.of(),
          new JoinContents(false, triggers, List.of()));
    }
    JoinedWindow window = JoinedWindow.of(reporter, input, written.span());
    return new JoinSide(
        lateHere.apply(window.contents(sorted, columns)),
        sources,
        List.of(),
        new JoinContents(true, triggers, window.stays(columns)));
  }
}
