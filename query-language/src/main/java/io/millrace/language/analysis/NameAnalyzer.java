package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.LambdaParameter;
import io.millrace.language.expression.LambdaReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.Span;
import io.millrace.spi.function.FunctionResolution;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what names mean: parameter of a lambda, then source alias, column, field; after the columns
 * the aliases of the result and the window's bounds.
 */
final class NameAnalyzer {
  private static final int MOST_NAMES_IN_HINT = 10;

  private final AnalysisContext context;
  private final Reporter reporter;
  private final Scope scope;
  private final Clause clause;
  private final Deque<LambdaParameter> parameters = new ArrayDeque<>();

  NameAnalyzer(AnalysisContext context, Scope scope, Clause clause) {
    this.context = context;
    this.reporter = context.reporter();
    this.scope = scope;
    this.clause = clause;
  }

  void push(LambdaParameter parameter) {
    parameters.push(parameter);
  }

  void pop() {
    parameters.pop();
  }

  /** A dotted name of one part or more. */
  RowExpression resolve(List<Identifier> path) {
    Identifier first = path.get(0);
    Optional<RowExpression> parameter = findParameter(first);
    if (parameter.isPresent()) {
      return fields(parameter.get(), path, 1);
    }
    Optional<RowExpression> refused = refusedElement(path);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Scope.Source> source = path.size() > 1 ? scope.findSource(first) : Optional.empty();
    if (source.isPresent()) {
      Optional<Scope.Column> column = Scope.find(source.get(), path.get(1));
      if (column.isPresent()) {
        return fields(reference(column.get(), path.get(1)), path, 2);
      }
      if (scope.find(first).isEmpty()) {
        return unknownColumnOf(source.get(), path.get(1));
      }
    }
    return path.size() > 1 && isUnknownSource(first)
        ? reporter.error(
            "unknown-source",
            first.span(),
            "there is no source '" + first.name() + "' here",
            sourcesHint(first))
        : fields(column(first), path, 1);
  }

  /** The error of an element of a pattern whose columns cannot be read so here. */
  private Optional<RowExpression> refusedElement(List<Identifier> path) {
    if (path.size() == 1 || scope.findSource(path.get(0)).isPresent()) {
      return Optional.empty();
    }
    boolean isColumn = !scope.find(path.get(0)).isEmpty();
    return scope
        .pattern()
        .filter(pattern -> !isColumn || pattern.hasColumn(path.get(0), path.get(1)))
        .flatMap(pattern -> pattern.refused(path.get(0), path.get(1)));
  }

  /** Whether a name in front of others is nothing that is known, where it could be a source. */
  private boolean isUnknownSource(Identifier name) {
    return scope.sources().size() > 1
        && !scope.isOpen()
        && scope.find(name).isEmpty()
        && !clause.aliases().containsKey(name.name().toLowerCase(Locale.ROOT));
  }

  private Optional<String> sourcesHint(Identifier name) {
    List<String> names = new ArrayList<>();
    for (Scope.Source source : scope.sources()) {
      if (source.name() != null) {
        names.add(source.name());
      }
    }
    return hint(name, names, "the sources are called ");
  }

  /** The field of a struct. */
  RowExpression field(RowExpression base, Identifier name) {
    if (Reporter.isFaulty(base)) {
      return base;
    }
    if (!(base.type() instanceof DataType.StructOf struct)) {
      return reporter.error(
          "type-mismatch",
          name.span(),
          "'"
              + name.name()
              + "' is read from a value of type "
              + base.type().sql()
              + ", which has no fields");
    }
    for (int i = 0; i < struct.fields().size(); i++) {
      Field field = struct.fields().get(i);
      if (name.matches(field.name())) {
        return new FieldAccess(base, i, field.type());
      }
    }
    List<String> names = struct.fields().stream().map(Field::name).toList();
    return reporter.error(
        "unknown-field",
        name.span(),
        "unknown field '" + name.name() + "'",
        hint(name, names, "the fields are "));
  }

  private RowExpression fields(RowExpression base, List<Identifier> path, int from) {
    RowExpression value = base;
    for (Identifier field : path.subList(from, path.size())) {
      value = field(value, field);
    }
    return value;
  }

  private Optional<RowExpression> findParameter(Identifier name) {
    for (LambdaParameter parameter : parameters) {
      if (name.matches(parameter.name())) {
        return Optional.of(
            Reporter.isUnknown(parameter.type())
                ? Reporter.faulty()
                : new LambdaReference(parameter));
      }
    }
    return Optional.empty();
  }

  private RowExpression reference(Scope.Column column, Identifier name) {
    return column.value() instanceof ColumnReference reference
        ? context.referenceAt(reference, name.span())
        : column.value();
  }

  private RowExpression column(Identifier name) {
    List<Scope.Column> found = scope.find(name);
    if (found.size() == 1) {
      return reference(found.get(0), name);
    }
    if (found.size() > 1) {
      return reporter.error(
          "ambiguous-column",
          name.span(),
          "column '" + name.name() + "' is in more than one source",
          "write the source before it, as in " + ambiguousExample(name));
    }
    RowExpression alias = clause.aliases().get(name.name().toLowerCase(Locale.ROOT));
    if (alias != null) {
      return alias;
    }
    Grouping grouping = clause.grouping();
    Optional<RowExpression> bound =
        grouping == null ? Optional.empty() : grouping.findPseudoColumn(name.name());
    return bound.or(() -> currentTime(name)).orElseGet(() -> unknownColumn(name));
  }

  private String ambiguousExample(Identifier name) {
    return scope.sources().stream()
            .filter(source -> Scope.find(source, name).isPresent())
            .map(source -> String.valueOf(source.name()))
            .findFirst()
            .orElse("source")
        + "."
        + name.name();
  }

  /** CURRENT_DATE and its like are functions that the standard writes without parentheses. */
  private Optional<RowExpression> currentTime(Identifier name) {
    boolean isCurrent = name.name().toLowerCase(Locale.ROOT).startsWith("current_");
    return isCurrent
            && context.catalog().functions().resolve(name.name(), List.of())
                instanceof FunctionResolution.Resolved call
        ? Optional.of(new FunctionCall(call.function(), List.of(), call.match().resultType()))
        : Optional.empty();
  }

  private RowExpression unknownColumn(Identifier name) {
    if (scope.isOpen()) {
      return Reporter.faulty();
    }
    if (Grouping.isPseudoColumn(name.name())) {
      return windowBound(name);
    }
    List<String> known = new ArrayList<>(scope.names());
    known.addAll(clause.aliases().keySet());
    parameters.forEach(parameter -> known.add(parameter.name()));
    List<String> declared = new ArrayList<>();
    scope.sources().forEach(s -> s.declared().forEach(c -> declared.add(c.name())));
    Optional<String> hint =
        misuse(name)
            .or(() -> NearestName.hint(name.name(), known))
            .or(() -> ForeignNames.columnHint(name.name()))
            .or(() -> list(declared.stream().distinct().toList(), "the columns are "));
    return unknown(name, hint);
  }

  /** What the name is, if it is known as something else than a column of the source. */
  private Optional<String> misuse(Identifier name) {
    Optional<String> ofElement = scope.pattern().flatMap(pattern -> pattern.hint(name));
    if (ofElement.isPresent()) {
      return ofElement;
    }
    Expression result = clause.unreadable().get(name.name().toLowerCase(Locale.ROOT));
    if (result != null) {
      return Optional.of(
          "'"
              + name.name()
              + "' is a column of the result, which "
              + clause.name()
              + " cannot read: "
              + insteadOf(result));
    }
    return scope.findSource(name).isPresent()
        ? Optional.of("'" + name.name() + "' is a source: read one of its columns")
        : Optional.empty();
  }

  /**
   * What to write where a result column is not known yet; its expression may have no place there.
   */
  private String insteadOf(Expression result) {
    QueryShape shape = new QueryShape(context);
    boolean isAnalytic = shape.isAnalytic(result);
    boolean isOfSeveralRows = isAnalytic || shape.aggregates(result);
    if (!isOfSeveralRows || clause.grouping() != null) {
      return "repeat its expression";
    }
    if (clause.name().equals("WHERE")) {
      return "filter by it in " + (isAnalytic ? "QUALIFY" : "HAVING");
    }
    return "compute it in a query in FROM";
  }

  private RowExpression unknownColumnOf(Scope.Source source, Identifier name) {
    if (source.isOpen()) {
      return Reporter.faulty();
    }
    List<String> declared = source.declared().stream().map(Scope.Column::name).toList();
    List<String> known = source.columns().stream().map(Scope.Column::name).toList();
    Optional<String> hint =
        NearestName.hint(name.name(), known)
            .or(() -> list(declared, "the columns of '" + source.name() + "' are "));
    return unknown(name, hint);
  }

  private RowExpression unknown(Identifier name, Optional<String> hint) {
    return reporter.error(
        "unknown-column", name.span(), "unknown column '" + name.name() + "'", hint);
  }

  private RowExpression windowBound(Identifier name) {
    Span span = name.span();
    String column = name.name().toUpperCase(Locale.ROOT);
    Grouping grouping = clause.grouping();
    if (grouping != null && grouping.isLenient()) {
      return Reporter.faulty();
    }
    if (Grouping.isRowKind(column)) {
      return reporter.error(
          "unknown-column",
          span,
          "'"
              + column
              + "' needs a window that closes, an outer join or a pattern, and EMIT … WITH"
              + " RETRACTIONS",
          "say EMIT CHANGES WITH RETRACTIONS; what a table sends says its kind by itself");
    }
    return grouping == null
        ? reporter.error(
            "misplaced-column",
            span,
            "'" + column + "' cannot stand in " + clause.name(),
            insteadOfBound())
        : reporter.error(
            "unknown-column",
            span,
            "'" + column + "' needs a window with a start and an end",
            grouping.window().coversAll()
                ? "put WINDOW TUMBLING (10 SECONDS) behind the source"
                : "TUMBLING, HOPPING, CUMULATE, SESSION, TIME_BATCH and CRON have them");
  }

  private Optional<String> insteadOfBound() {
    return switch (clause.name()) {
      case "GROUP BY" -> Optional.of("leave it out: each window has groups of its own");
      case "WHERE" ->
          Optional.of(
              "rows are filtered before a window takes them: filter its groups in HAVING, or the"
                  + " rows of a query in FROM");
      default -> Optional.empty();
    };
  }

  private static Optional<String> hint(Identifier name, List<String> known, String otherwise) {
    return NearestName.hint(name.name(), known).or(() -> list(known, otherwise));
  }

  private static Optional<String> list(List<String> names, String before) {
    return names.isEmpty() || names.size() > MOST_NAMES_IN_HINT
        ? Optional.empty()
        : Optional.of(before + String.join(", ", names));
  }
}
