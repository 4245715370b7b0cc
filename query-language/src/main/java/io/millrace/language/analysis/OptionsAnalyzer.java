package io.millrace.language.analysis;

import io.millrace.language.ast.BooleanLiteral;
import io.millrace.language.ast.DecimalLiteral;
import io.millrace.language.ast.DoubleLiteral;
import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.NegationExpression;
import io.millrace.language.ast.OptionAssignment;
import io.millrace.language.ast.StringLiteral;
import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.spi.connector.CheckedOptions;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.option.OptionException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionValues;
import io.millrace.spi.option.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the options of WITH and SET against their declarations. */
final class OptionsAnalyzer {
  private static final String CONNECTOR = "connector";
  private static final String FORMAT = "format";

  private final AnalysisCatalog catalog;
  private final Reporter reporter;

  OptionsAnalyzer(AnalysisCatalog catalog, Reporter reporter) {
    this.catalog = catalog;
    this.reporter = reporter;
  }

  /**
   * The options of a stream.
   *
   * @param connector its connector as the catalog spells it, or null
   * @param values all of them by key as written
   */
  record StreamOptions(@Nullable String connector, Map<String, String> values) {}

  /** An option with its text. */
  record Given(OptionAssignment assignment, String value) {}

  /**
   * Checks a WITH clause.
   *
   * @param stream the name of the stream, where a missing option is reported
   * @param isSink whether queries write it, so that its connector must be a sink
   */
  StreamOptions analyze(List<OptionAssignment> assignments, Identifier stream, boolean isSink) {
    Map<String, Given> given = read(assignments);
    Optional<ForeignOptions.Found> foreign = new ForeignOptions(catalog).find(given);
    if (foreign.isPresent()) {
      OptionAssignment first = foreign.get().first().assignment();
      reporter.error(
          "unknown-option",
          first.keySpan(),
          "unknown option '" + first.key() + "'",
          foreign.get().hint());
      return new StreamOptions(null, Map.of());
    }
    Optional<Connector> connector = connector(given, stream, isSink);
    Optional<Format> format = format(given, connector, stream);
    boolean isConnectorFaulty = given.containsKey(CONNECTOR) && connector.isEmpty();
    boolean isFormatFaulty = given.containsKey(FORMAT) && format.isEmpty();
    if (!isConnectorFaulty && !isFormatFaulty) {
      List<OptionSpec> specs = new ArrayList<>(catalog.streamOptions());
      connector.ifPresent(c -> specs.addAll(c.options()));
      format.ifPresent(f -> specs.addAll(f.options()));
      boolean isGood = check(given, specs, connector);
      isGood &= checkRequired(given, specs, stream);
      checkDeadLetters(given, specs);
      if (isGood) {
        connector.ifPresent(c -> checkTogether(c, given, specs, isSink));
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    given.values().forEach(g -> values.put(g.assignment().key(), g.value()));
    return new StreamOptions(connector.map(Connector::name).orElse(null), values);
  }

  /**
   * The options of what has no connector, by key in lower case; those with an error are left out.
   *
   * @param otherwise goes before the names of all options where none is near
   */
  Map<String, Given> plain(
      List<OptionAssignment> assignments, List<OptionSpec> specs, String otherwise) {
    Map<String, Given> given = read(assignments);
    String names = String.join(", ", specs.stream().map(OptionSpec::name).toList());
    given
        .values()
        .removeIf(
            option ->
                !checkOne(
                    option,
                    specs,
                    "unknown option '" + option.assignment().key() + "'",
                    List.of(),
                    Optional.of(otherwise + names)));
    return given;
  }

  /** Checks a SET; empty after a report. */
  Optional<Map.Entry<String, String>> setting(OptionAssignment assignment) {
    Optional<String> text = text(assignment.value());
    if (text.isEmpty()) {
      refuseValue(assignment);
      return Optional.empty();
    }
    Given given = new Given(assignment, text.get());
    boolean isGood =
        checkOne(
            given,
            catalog.settings(),
            "unknown setting '" + assignment.key() + "'",
            List.of(),
            Optional.empty());
    return isGood
        ? Optional.of(Map.entry(assignment.key().toLowerCase(Locale.ROOT), text.get()))
        : Optional.empty();
  }

  private Map<String, Given> read(List<OptionAssignment> assignments) {
    Map<String, Given> given = new LinkedHashMap<>();
    for (OptionAssignment assignment : assignments) {
      Optional<String> text = text(assignment.value());
      if (text.isEmpty()) {
        refuseValue(assignment);
        continue;
      }
      String key = assignment.key().toLowerCase(Locale.ROOT);
      if (given.putIfAbsent(key, new Given(assignment, text.get())) != null) {
        reporter.error(
            "duplicate-option",
            assignment.keySpan(),
            "option '" + assignment.key() + "' is given twice");
      }
    }
    return given;
  }

  private void refuseValue(OptionAssignment assignment) {
    reporter.error(
        "bad-option",
        assignment.value().span(),
        "the value of option '"
            + assignment.key()
            + "' must be a string, a number, TRUE, FALSE or a duration");
  }

  private static Optional<String> text(Expression value) {
    if (value instanceof StringLiteral string) {
      return Optional.of(string.value());
    }
    if (value instanceof BooleanLiteral literal) {
      return Optional.of(Boolean.toString(literal.value()));
    }
    if (value instanceof IntegerLiteral literal) {
      return Optional.of(literal.value().toString());
    }
    if (value instanceof DecimalLiteral literal) {
      return Optional.of(literal.value().toPlainString());
    }
    if (value instanceof DoubleLiteral literal) {
      return Optional.of(Double.toString(literal.value()));
    }
    if (value instanceof DurationLiteral literal) {
      return Optional.of(ExpressionPrinter.duration(literal.millis()));
    }
    return value instanceof NegationExpression negation
            && !(negation.operand() instanceof NegationExpression)
        ? text(negation.operand()).map(number -> "-" + number)
        : Optional.empty();
  }

  private Optional<Connector> connector(
      Map<String, Given> given, Identifier stream, boolean isSink) {
    Given named = given.get(CONNECTOR);
    if (named == null) {
      return Optional.empty();
    }
    Optional<Connector> found = catalog.findConnector(named.value());
    if (found.isEmpty()) {
      reporter.error(
          "unknown-connector",
          named.assignment().value().span(),
          "unknown connector '" + named.value() + "'",
          nearest(named.value(), catalog.connectorNames(), "the connectors are "));
      return found;
    }
    if (isSink && !(found.get() instanceof SinkConnector)) {
      reporter.error(
          "bad-connector",
          named.assignment().value().span(),
          "connector '"
              + found.get().name()
              + "' cannot be written to, but a query writes '"
              + stream.name()
              + "'");
    }
    if (!isSink && !(found.get() instanceof SourceConnector)) {
      reporter.error(
          "bad-connector",
          named.assignment().value().span(),
          "connector '"
              + found.get().name()
              + "' cannot be read from, and no query writes '"
              + stream.name()
              + "'",
          "give it rows with AS SELECT … or INSERT INTO");
    }
    return found;
  }

  private Optional<Format> format(
      Map<String, Given> given, Optional<Connector> connector, Identifier stream) {
    Given named = given.get(FORMAT);
    if (named == null) {
      if (connector.isPresent() && connector.get().formatUse() == FormatUse.REQUIRED) {
        reporter.error(
            "missing-option",
            stream.span(),
            "connector '" + connector.get().name() + "' needs the option 'format'",
            "the formats are " + String.join(", ", catalog.formatNames()));
      }
      return Optional.empty();
    }
    if (connector.isPresent() && connector.get().formatUse() == FormatUse.NONE) {
      reporter.error(
          "bad-option",
          named.assignment().keySpan(),
          "connector '" + connector.get().name() + "' takes no format");
    }
    if (connector.isEmpty() && !given.containsKey(CONNECTOR)) {
      reporter.error(
          "bad-option",
          named.assignment().keySpan(),
          "option 'format' needs the option 'connector': a stream without one is in memory");
    }
    Optional<Format> found = catalog.findFormat(named.value());
    if (found.isEmpty()) {
      reporter.error(
          "unknown-format",
          named.assignment().value().span(),
          "unknown format '" + named.value() + "'",
          nearest(named.value(), catalog.formatNames(), "the formats are "));
    }
    return found;
  }

  private static Optional<String> nearest(String name, List<String> known, String otherwise) {
    return NearestName.hint(name, known)
        .or(
            () ->
                known.isEmpty()
                    ? Optional.empty()
                    : Optional.of(otherwise + String.join(", ", known)));
  }

  /** Whether each option is declared and well formed. */
  private boolean check(
      Map<String, Given> given, List<OptionSpec> specs, Optional<Connector> connector) {
    List<String> others =
        Stream.of(CONNECTOR, FORMAT).filter(option -> !given.containsKey(option)).toList();
    Optional<String> otherwise =
        connector.isPresent()
            ? Optional.empty()
            : Optional.of("a stream without a connector is in memory");
    boolean isGood = true;
    for (Map.Entry<String, Given> option : given.entrySet()) {
      if (!option.getKey().equals(CONNECTOR) && !option.getKey().equals(FORMAT)) {
        String unknown =
            "unknown option '"
                + option.getValue().assignment().key()
                + "'"
                + connector.map(c -> " of connector '" + c.name() + "'").orElse("");
        isGood &= checkOne(option.getValue(), specs, unknown, others, otherwise);
      }
    }
    return isGood;
  }

  /** Options that are good one by one may contradict each other. */
  private void checkTogether(
      Connector connector, Map<String, Given> given, List<OptionSpec> specs, boolean isSink) {
    if (connector instanceof CheckedOptions checked) {
      Map<String, String> values = new LinkedHashMap<>();
      given.forEach((key, option) -> values.put(key, option.value()));
      try {
        checked.check(new Options(specs, values), isSink);
      } catch (OptionException e) {
        Given option = given.get(e.option());
        Given at = option != null ? option : Objects.requireNonNull(given.get(CONNECTOR));
        reporter.error("bad-option", at.assignment().span(), e.message());
      }
    }
  }

  /**
   * @param others options that are not among {@code specs} and may have been meant
   * @param otherwise the hint if no name is near
   */
  private boolean checkOne(
      Given option,
      List<OptionSpec> specs,
      String unknown,
      List<String> others,
      Optional<String> otherwise) {
    String key = option.assignment().key();
    Optional<OptionSpec> spec = specs.stream().filter(s -> s.matches(key)).findFirst();
    if (spec.isEmpty()) {
      List<String> names =
          Stream.concat(specs.stream().map(OptionSpec::name), others.stream()).sorted().toList();
      reporter.error(
          "unknown-option",
          option.assignment().keySpan(),
          unknown,
          ForeignNames.optionHint(key).or(() -> NearestName.hint(key, names)).or(() -> otherwise));
      return false;
    }
    Optional<String> problem = OptionValues.problem(spec.get(), option.value());
    problem.ifPresent(
        message -> reporter.error("bad-option", option.assignment().value().span(), message));
    return problem.isEmpty();
  }

  /** Dead letters need a place, if the engine has options for one. */
  private void checkDeadLetters(Map<String, Given> given, List<OptionSpec> specs) {
    Given policy = given.get("on.error");
    List<String> places =
        specs.stream().map(OptionSpec::name).filter(n -> n.startsWith("dead.letter.")).toList();
    if (policy != null
        && policy.value().equalsIgnoreCase("dead-letter")
        && !places.isEmpty()
        && places.stream().noneMatch(given::containsKey)) {
      reporter.error(
          "missing-option",
          policy.assignment().span(),
          "'on.error' = 'dead-letter' needs a place for dead letters",
          "give one with '" + String.join("' or '", places) + "'");
    }
  }

  private boolean checkRequired(
      Map<String, Given> given, List<OptionSpec> specs, Identifier stream) {
    boolean isGood = true;
    for (OptionSpec spec : specs) {
      if (spec.required() && !given.containsKey(spec.name().toLowerCase(Locale.ROOT))) {
        reporter.error(
            "missing-option",
            stream.span(),
            "'" + stream.name() + "' needs the option '" + spec.name() + "'",
            spec.description());
        isGood = false;
      }
    }
    return isGood;
  }
}
