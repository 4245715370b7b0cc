package io.millrace.language.analysis;

import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What becomes of late rows of a source; those of which nothing is said are dropped.
 *
 * @param routes where they go
 * @param unrouted the streams among them whose late rows go nowhere so far: queries that feed these
 *     may come behind
 * @param areAll whether each row is one of a stream, of which one of these two says it
 * @param isSaid whether LATE INTO or LATE DROP behind the source says it, and not the stream
 */
record LateRows(List<LateRoute> routes, List<Unrouted> unrouted, boolean areAll, boolean isSaid) {
  /** All are dropped. */
  static final LateRows DROPPED = new LateRows(List.of(), List.of(), false, false);

  LateRows {
    routes = List.copyOf(routes);
    unrouted = List.copyOf(unrouted);
  }

  /**
   * A stream whose late rows go nowhere so far.
   *
   * @param reader where it is read
   */
  record Unrouted(String stream, Span reader) {}

  /** Those of a stream. */
  static LateRows of(LateRoute route) {
    return new LateRows(List.of(route), List.of(), true, false);
  }

  /** Those of a stream that go nowhere so far. */
  static LateRows of(Unrouted stream) {
    return new LateRows(List.of(), List.of(stream), true, false);
  }

  /** Those of which the query says it. */
  static LateRows said(Optional<LateRoute> route) {
    return new LateRows(route.stream().toList(), List.of(), route.isPresent(), true);
  }

  /**
   * Those of several sources.
   *
   * @param routes theirs, each of which says of which rows it is
   */
  static LateRows united(List<LateRows> sources, List<LateRoute> routes) {
    List<Unrouted> unrouted = new ArrayList<>();
    sources.forEach(source -> unrouted.addAll(source.unrouted));
    return new LateRows(routes, unrouted, sources.stream().allMatch(LateRows::areAll), false);
  }

  /** Whether all are dropped for certain. */
  boolean areDropped() {
    return routes.isEmpty() && unrouted.isEmpty();
  }

  /** The same with other routes to the same streams. */
  LateRows map(UnaryOperator<LateRoute> moved) {
    return new LateRows(routes.stream().map(moved).toList(), unrouted, areAll, isSaid);
  }
}
