package io.millrace.language.analysis;

import io.millrace.language.ast.Identifier;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The streams and tables by name: those of running scripts, then those of this one. */
final class Streams {
  private final AnalysisCatalog catalog;
  private final Reporter reporter;
  private final boolean isWhole;
  private final Map<String, StreamSymbol> byName = new LinkedHashMap<>();
  private final Map<String, Identifier> later = new LinkedHashMap<>();

  /**
   * @param isWhole whether all statements of the script could be parsed; else unknown names may be
   *     those of missing ones and are not reported
   */
  Streams(AnalysisCatalog catalog, Reporter reporter, boolean isWhole) {
    this.catalog = catalog;
    this.reporter = reporter;
    this.isWhole = isWhole;
    for (StreamDeclaration existing : catalog.existing()) {
      byName.put(
          key(existing.name()),
          new StreamSymbol(existing, metadata(existing), Optional.empty(), false));
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Names that the script declares somewhere, for hints. */
  void announce(Identifier name) {
    later.putIfAbsent(key(name.name()), name);
  }

  private List<Field> metadata(StreamDeclaration stream) {
    String connector = stream.connector();
    return connector != null
            && !stream.isDerived()
            && catalog.findConnector(connector).orElse(null) instanceof SourceConnector source
        ? source.metadata()
        : List.of();
  }

  /**
   * Adds a stream; one of this name that is there already stays, and the new one is reported.
   *
   * @param lateInto where late rows of its queries go, unless these say otherwise
   */
  boolean declare(
      Identifier name, StreamDeclaration stream, Optional<LateTarget> lateInto, boolean isOpen) {
    StreamSymbol other = byName.get(key(name.name()));
    if (other != null) {
      String place =
          other.declaration().span().isKnown() && later.containsKey(key(name.name()))
              ? "the first is in line " + other.declaration().span().line()
              : "it belongs to a script that runs already";
      reporter.error(
          "duplicate-name",
          name.span(),
          "there is already "
              + (other.declaration().rollup() == null ? "a " : "an ")
              + other.kind()
              + " '"
              + other.declaration().name()
              + "'",
          place);
      return false;
    }
    byName.put(key(name.name()), new StreamSymbol(stream, metadata(stream), lateInto, isOpen));
    return true;
  }

  Optional<StreamSymbol> find(Identifier name) {
    return Optional.ofNullable(byName.get(key(name.name())))
        .filter(symbol -> name.matches(symbol.declaration().name()));
  }

  /** The stream of this name; empty after a report. */
  Optional<StreamSymbol> get(Identifier name) {
    Optional<StreamSymbol> found = find(name);
    if (found.isEmpty() && isWhole) {
      reporter.error(
          "unknown-stream",
          name.span(),
          "unknown stream or table '" + name.name() + "'",
          unknownHint(name));
    }
    return found;
  }

  private Optional<String> unknownHint(Identifier name) {
    Identifier declared = later.get(key(name.name()));
    if (declared != null && declared.span().start() > name.span().start()) {
      return Optional.of(
          "it is declared in line "
              + declared.span().line()
              + ": move its declaration before this statement");
    }
    List<String> known = new ArrayList<>();
    byName.values().forEach(symbol -> known.add(symbol.declaration().name()));
    return NearestName.hint(name.name(), known)
        .or(
            () ->
                known.isEmpty()
                    ? Optional.of("declare it first, with CREATE STREAM or CREATE TABLE")
                    : Optional.empty());
  }
}
