package io.millrace.language.analysis;

import io.millrace.language.ast.StreamReference;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where late rows go of streams that queries make, row by row, of others: where late rows of those
 * go, if that is one stream for all queries that feed them.
 */
final class InheritedLate {
  private final Reporter reporter;

  /** By stream, in lower case, what becomes of late rows of each query so far that feeds it. */
  private final Map<String, List<LateRows>> feeds = new HashMap<>();

  /** Streams, in lower case, that say themselves what becomes of their late rows. */
  private final Set<String> ended = new HashSet<>();

  /** The queries that find rows late of streams that declare nothing of them. */
  private final List<Reader> readers = new ArrayList<>();

  /** Those of the statement that is analysed. */
  private final List<Reader> readersOfStatement = new ArrayList<>();

  InheritedLate(Reporter reporter) {
    this.reporter = reporter;
  }

  /**
   * A query that finds rows of a stream late.
   *
   * @param place where it reads them
   * @param word where it may say what becomes of them
   * @param target the name of the stream into which they go; empty if they are dropped
   */
  private record Reader(String stream, Span place, LateWord word, Optional<String> target) {}

  private static String key(String stream) {
    return stream.toLowerCase(Locale.ROOT);
  }

  /** Notes that late rows of a stream have nothing to do with those of which it is made. */
  void end(StreamDeclaration stream) {
    ended.add(key(stream.name()));
  }

  /**
   * Notes that a query feeds a stream. What queries have found late before it must go where it goes
   * now.
   *
   * @param late what becomes of late ones of its rows
   */
  void feed(StreamDeclaration stream, LateRows late) {
    feeds.computeIfAbsent(key(stream.name()), it -> new ArrayList<>()).add(late);
    Map<String, Optional<LateTarget>> known = new HashMap<>();
    Set<String> reported = new HashSet<>();
    for (Reader reader : List.copyOf(readers)) {
      Optional<String> now = nameOf(target(reader.stream(), known));
      if (!now.equals(reader.target())) {
        readers.remove(reader);
        if (reported.add(key(reader.stream()))) {
          report(reader, stream.name(), now.orElse(""));
        }
      }
    }
  }

  private void report(Reader reader, String fed, String target) {
    boolean areDropped = reader.target().isEmpty();
    reporter.error(
        "bad-late-into",
        reader.place(),
        "late rows of '"
            + reader.stream()
            + reader.target().map(it -> "' go into '" + it + "'").orElse("' are dropped")
            + " here, and behind this a query feeds "
            + (reader.stream().equalsIgnoreCase(fed) ? "it" : "'" + fed + "', of which it is made,")
            + (areDropped
                ? " whose late rows go into '" + target + "'"
                : " whose late rows do not"),
        areDropped
            ? "write the query that feeds it before this one"
                + reader.word().hint(", or ", "LATE DROP")
            : "write that query before this one"
                + reader.word().hint("; then ", "LATE INTO or LATE DROP"));
  }

  private static Optional<String> nameOf(Optional<LateTarget> target) {
    return target.map(it -> it.stream().name());
  }

  /**
   * Where late rows of a stream go as far as it is fed. Those of a stream of late rows do not go
   * into itself.
   *
   * @param known what is known already
   */
  private Optional<LateTarget> target(String stream, Map<String, Optional<LateTarget>> known) {
    Optional<LateTarget> before = known.putIfAbsent(key(stream), Optional.empty());
    if (before != null) {
      return before;
    }
    List<Optional<LateTarget>> all = new ArrayList<>();
    for (LateRows late : feeds.getOrDefault(key(stream), List.of())) {
      if (!late.areAll()) {
        all.add(Optional.empty());
      }
      late.unrouted().forEach(other -> all.add(target(other.stream(), known)));
      for (LateRoute route : late.routes()) {
        String derived = route.target().derived();
        all.add(derived == null ? Optional.of(route.target()) : target(derived, known));
      }
    }
    Optional<LateTarget> result =
        all.stream().map(InheritedLate::nameOf).distinct().count() == 1
            ? all.get(0).filter(it -> !it.stream().name().equalsIgnoreCase(stream))
            : Optional.empty();
    known.put(key(stream), result);
    return result;
  }

  /**
   * What becomes of late rows of a stream that declares nothing of them: they go where those go of
   * the queries that feed it.
   *
   * @param columns those of the stream
   */
  LateRows of(StreamDeclaration stream, StreamReference reader, List<Scope.Source> columns) {
    String name = stream.name();
    if (stream.isTable() || ended.contains(key(name))) {
      return LateRows.DROPPED;
    }
    return target(name, new HashMap<>())
        .map(target -> LateRoute.of(target.inherited(name, reader.span()), columns))
        .map(LateRows::of)
        .orElseGet(() -> LateRows.of(new LateRows.Unrouted(name, reader.span())));
  }

  /** Notes that a query of the statement finds rows of a stream late. */
  void use(LateTarget target, LateWord word) {
    String derived = target.derived();
    if (derived != null) {
      Optional<String> name = Optional.of(target.stream().name());
      readersOfStatement.add(new Reader(derived, target.place(), word, name));
    }
  }

  /** Notes that a query of the statement finds rows late of a stream that drops them so far. */
  void use(LateRows.Unrouted stream, LateWord word) {
    readersOfStatement.add(new Reader(stream.stream(), stream.reader(), word, Optional.empty()));
  }

  /**
   * Ends a statement.
   *
   * @param runs whether anybody gets the late rows of its queries
   */
  void endStatement(boolean runs) {
    if (runs) {
      readers.addAll(readersOfStatement);
    }
    readersOfStatement.clear();
  }
}
