package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What all parts of the analysis of one script share. */
final class AnalysisContext {
  private final AnalysisCatalog catalog;
  private final Reporter reporter;
  private final TypeAnalyzer types;
  private final Coercion coercion;
  private final OperatorAnalyzer operators;
  private final ArithmeticAnalyzer arithmetic;
  private final Map<ColumnReference, Span> origins = new IdentityHashMap<>();
  private final List<LateFeed> lateFeeds = new ArrayList<>();
  private final InheritedLate inheritedLate;
  private int lambdaParameters;
  private int lateRows;

  AnalysisContext(AnalysisCatalog catalog, Diagnostics diagnostics) {
    this.catalog = catalog;
    this.reporter = new Reporter(diagnostics);
    this.inheritedLate = new InheritedLate(reporter);
    this.types = new TypeAnalyzer(reporter);
    this.coercion = new Coercion(reporter);
    this.operators = new OperatorAnalyzer(reporter, coercion);
    this.arithmetic = new ArithmeticAnalyzer(reporter, operators);
  }

  AnalysisCatalog catalog() {
    return catalog;
  }

  /** Whether a name, in lower case, is that of an aggregate: the language's own or a user's. */
  boolean isAggregate(String name) {
    return AggregateNames.isAggregate(name) || !catalog.functions().findAggregates(name).isEmpty();
  }

  Reporter reporter() {
    return reporter;
  }

  TypeAnalyzer types() {
    return types;
  }

  Coercion coercion() {
    return coercion;
  }

  OperatorAnalyzer operators() {
    return operators;
  }

  ArithmeticAnalyzer arithmetic() {
    return arithmetic;
  }

  /** A number for the next parameter of a lambda. */
  int nextLambdaParameter() {
    return lambdaParameters++;
  }

  /** A number for the late rows of the next source. */
  int nextLateRows() {
    return lateRows++;
  }

  /** Where late rows go of streams that queries make of others. */
  InheritedLate inheritedLate() {
    return inheritedLate;
  }

  /** Notes that late rows of the statement that is analysed go into a stream. */
  void addLateFeed(LateFeed feed) {
    lateFeeds.add(feed);
  }

  /** Gives what has been noted since the last time. */
  List<LateFeed> takeLateFeeds() {
    List<LateFeed> taken = List.copyOf(lateFeeds);
    lateFeeds.clear();
    return taken;
  }

  /** A reference of its own to the column, of which {@link #origin} knows where it stands. */
  ColumnReference referenceAt(ColumnReference column, Span span) {
    ColumnReference own = new ColumnReference(column.index(), column.type(), column.name());
    origins.put(own, span);
    return own;
  }

  /** Where the reference stands in the text, else the span that is given. */
  Span origin(ColumnReference column, Span otherwise) {
    return origins.getOrDefault(column, otherwise);
  }
}
