package io.millrace.language.analysis;

import io.millrace.language.ast.StreamReference;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.Span;
import java.util.HashMap;
import java.util.LinkedHashSet;
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

  /** Of streams that queries so far feed; empty where late rows do not all go one way. */
  private final Map<String, Optional<LateTarget>> fed = new HashMap<>();

  /** Where the first query reads such a stream that finds rows of it late. */
  private final Map<String, Span> readers = new HashMap<>();

  /** Those of the statement that is analysed. */
  private final Map<String, Span> readersOfStatement = new HashMap<>();

  /** The streams whose late rows go where those of a stream go, of which they are made. */
  private final Map<String, Set<String>> made = new HashMap<>();

  InheritedLate(Reporter reporter) {
    this.reporter = reporter;
  }

  private static String key(String stream) {
    return stream.toLowerCase(Locale.ROOT);
  }

  /**
   * Notes that a query feeds a stream.
   *
   * @param late where late ones of its rows go, if all go one way
   */
  void feed(StreamDeclaration stream, Optional<LateTarget> late) {
    String name = stream.name();
    late.map(LateTarget::derived)
        .ifPresent(of -> made.computeIfAbsent(key(of), it -> new LinkedHashSet<>()).add(name));
    Optional<LateTarget> before = fed.putIfAbsent(key(name), late);
    if (before != null && !nameOf(before).equals(nameOf(late))) {
      goOtherWays(name, name);
    }
  }

  /** Late rows of a stream do not all go one way any more, as another one is fed. */
  private void goOtherWays(String stream, String fedStream) {
    Optional<LateTarget> before = fed.getOrDefault(key(stream), Optional.empty());
    fed.put(key(stream), Optional.empty());
    Span reader = readers.get(key(stream));
    if (reader != null && before.isPresent()) {
      reporter.error(
          "bad-late-into",
          reader,
          "late rows of '"
              + stream
              + "' go into '"
              + nameOf(before).orElse("")
              + "' here, and behind this a query feeds "
              + (stream.equals(fedStream) ? "it" : "'" + fedStream + "', of which it is made,")
              + " whose late rows do not",
          "write that query before this one; then say LATE INTO or LATE DROP behind the WINDOW");
    }
    if (before.isPresent()) {
      made.getOrDefault(key(stream), Set.of()).forEach(other -> goOtherWays(other, fedStream));
    }
  }

  private static Optional<String> nameOf(Optional<LateTarget> target) {
    return target.map(it -> it.stream().name());
  }

  /**
   * Where late rows go of a stream that queries before the one feed that reads it. Those of a
   * stream of late rows do not go into itself.
   */
  Optional<LateTarget> of(StreamReference reader) {
    String name = reader.name().name();
    return fed.getOrDefault(key(name), Optional.empty())
        .filter(target -> !target.stream().name().equalsIgnoreCase(name))
        .map(target -> target.inherited(name, reader.span()));
  }

  /** Notes that a query of the statement finds rows late. */
  void use(LateTarget target) {
    String derived = target.derived();
    if (derived != null) {
      readersOfStatement.putIfAbsent(key(derived), target.place());
    }
  }

  /**
   * Ends a statement.
   *
   * @param runs whether anybody gets the late rows of its queries
   */
  void endStatement(boolean runs) {
    if (runs) {
      readersOfStatement.forEach(readers::putIfAbsent);
    }
    readersOfStatement.clear();
  }
}
