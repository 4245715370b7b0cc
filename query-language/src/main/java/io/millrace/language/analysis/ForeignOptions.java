package io.millrace.language.analysis;

import io.millrace.language.ast.StringLiteral;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.option.OptionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds options of topics as ksqlDB and Flink SQL name them. All those of a WITH clause are one
 * error, since each of them would make another of an option that is missing.
 */
final class ForeignOptions {
  private static final String CONNECTOR = "connector";
  private static final String FORMAT = "format";
  private static final String TOPIC = "topic";
  private static final String KAFKA = "kafka";

  /** Options whose values are words of the language, so that they may be called otherwise. */
  private static final Set<String> OF_WORDS = Set.of(FORMAT, "key.format", "start");

  private final AnalysisCatalog catalog;

  ForeignOptions(AnalysisCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * What is to be written otherwise.
   *
   * @param first the first such option
   * @param hint how all of them are written
   */
  record Found(OptionsAnalyzer.Given first, String hint) {}

  /**
   * @param given the options of a stream by key in lower case
   */
  Optional<Found> find(Map<String, OptionsAnalyzer.Given> given) {
    OptionsAnalyzer.Given named = given.get(CONNECTOR);
    boolean isTopic = named == null && given.keySet().stream().anyMatch(ForeignOptions::isTopic);
    Optional<Connector> connector =
        named != null
            ? catalog.findConnector(named.value())
            : catalog.findConnector(KAFKA).filter(it -> isTopic);
    List<OptionsAnalyzer.Given> found = new ArrayList<>();
    List<String> written = new ArrayList<>();
    if (isTopic && connector.isPresent()) {
      written.add("connector = '" + KAFKA + "'");
    }
    for (Map.Entry<String, OptionsAnalyzer.Given> option : given.entrySet()) {
      ForeignNames.option(option.getKey())
          .filter(name -> !given.containsKey(name) && !isDeclared(option.getKey(), connector))
          .filter(name -> takes(connector, name))
          .ifPresent(
              name -> {
                found.add(option.getValue());
                written.add(name + " = " + value(name, option.getValue()));
              });
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(found.get(0), "write " + String.join(", ", written)));
  }

  private static boolean isTopic(String key) {
    return ForeignNames.option(key).filter(TOPIC::equals).isPresent();
  }

  private boolean isDeclared(String key, Optional<Connector> connector) {
    List<OptionSpec> specs = new ArrayList<>(catalog.streamOptions());
    connector.ifPresent(it -> specs.addAll(it.options()));
    return specs.stream().anyMatch(spec -> spec.matches(key));
  }

  private static boolean takes(Optional<Connector> connector, String option) {
    if (option.equals(FORMAT)) {
      return connector.isEmpty() || connector.get().formatUse() != FormatUse.NONE;
    }
    return connector.isPresent()
        && connector.get().options().stream().anyMatch(spec -> spec.name().equals(option));
  }

  private static String value(String name, OptionsAnalyzer.Given given) {
    if (!(given.assignment().value() instanceof StringLiteral)) {
      return given.value();
    }
    String value =
        OF_WORDS.contains(name) ? ForeignNames.optionValue(given.value()) : given.value();
    return "'" + value.replace("'", "''") + "'";
  }
}
