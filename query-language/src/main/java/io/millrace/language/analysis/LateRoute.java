package io.millrace.language.analysis;

import io.millrace.language.ast.Identifier;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Where late rows of a source go, and what they were in the stream whose rows they are.
 *
 * @param target the stream that takes them
 * @param columns those of the rows of that stream, as the source computes them
 * @param shares which rows of the source are meant: all of which each holds
 */
record LateRoute(LateTarget target, Scope columns, List<Share> shares) {
  LateRoute {
    shares = List.copyOf(shares);
  }

  /**
   * Which rows are meant of those that a node finds late: of the copies for several sets those of
   * the first, among them those that nothing has copied yet; of the rows of several streams those
   * of one.
   *
   * @param number what a row says of this
   * @param wanted what those say that are meant
   */
  record Share(String name, RowExpression number, Constant wanted) {

    /**
     * These of the late rows.
     *
     * @param place of the number among their columns
     */
    PlanNode in(PlanNode late, int place) {
      ColumnReference there = new ColumnReference(place, wanted.type(), name);
      return new FilterNode(late, new Comparison(ComparisonOperator.EQUAL, there, wanted));
    }
  }

  /** That of all rows of a source. */
  static LateRoute of(LateTarget target, List<Scope.Source> sources) {
    return new LateRoute(target, new Scope(sources), List.of());
  }

  /** The route, where each row has the columns of another source, too. */
  LateRoute beside(Scope.Source other) {
    List<Scope.Source> sources = new ArrayList<>(columns.sources());
    sources.add(other);
    return new LateRoute(target, new Scope(sources), shares);
  }

  /** That of some of these rows. */
  LateRoute ofShare(Share share) {
    List<Share> all = new ArrayList<>(shares);
    all.add(share);
    return new LateRoute(target, columns, all);
  }

  /**
   * The route behind a projection.
   *
   * @param projected its columns; those that it needs beside them are added behind
   */
  LateRoute through(List<NamedExpression> projected) {
    List<Scope.Column> moved = new ArrayList<>();
    for (Field field : target.stream().schema().fields()) {
      Identifier name = new Identifier(field.name(), false, target.span());
      for (Scope.Column column : columns.find(name)) {
        RowExpression value = column.value();
        boolean isAnywhere = value instanceof RowtimeReference || Reporter.isFaulty(value);
        moved.add(
            new Scope.Column(
                column.name(),
                isAnywhere ? value : place(projected, column.name(), value),
                column.isPseudo()));
      }
    }
    List<Share> movedShares = new ArrayList<>();
    for (Share share : shares) {
      movedShares.add(
          new Share(share.name(), place(projected, share.name(), share.number()), share.wanted()));
    }
    return new LateRoute(
        target, new Scope(List.of(new Scope.Source(null, moved, false))), movedShares);
  }

  /** The column of a projection with a value, which is added behind if it is not there. */
  static ColumnReference place(List<NamedExpression> projected, String name, RowExpression value) {
    int place = projected.stream().map(NamedExpression::expression).toList().indexOf(value);
    if (place < 0) {
      place = projected.size();
      projected.add(new NamedExpression(name, value));
    }
    return new ColumnReference(place, value.type(), name);
  }
}
