package io.millrace.language.analysis;

import io.millrace.language.ast.StreamReference;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.Span;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    String name = key(stream.name());
    Optional<LateTarget> before = fed.getOrDefault(name, late);
    boolean isOther = !nameOf(before).equals(nameOf(late));
    fed.put(name, isOther ? Optional.empty() : late);
    Span reader = readers.get(name);
    if (isOther && reader != null) {
      reporter.error(
          "bad-late-into",
          reader,
          "late rows of '"
              + stream.name()
              + "' go into '"
              + nameOf(before).orElse("")
              + "' here, and behind this a query feeds it whose late rows do not",
          "write that query before this one; then say LATE INTO or LATE DROP behind the WINDOW");
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

  /** Notes that a query finds rows late. */
  void use(LateTarget target) {
    String derived = target.derived();
    if (derived != null) {
      readers.putIfAbsent(key(derived), target.place());
    }
  }
}
