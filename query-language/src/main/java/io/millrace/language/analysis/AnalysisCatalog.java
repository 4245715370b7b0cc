package io.millrace.language.analysis;

import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.option.OptionSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a script may use beside what it declares itself.
 *
 * @param functions the functions that it may call
 * @param connectors the values of {@code connector = '…'}
 * @param formats the values of {@code format = '…'}
 * @param streamOptions the engine's own options in WITH, for every stream: {@code on.error}, …
 * @param settings the keys of SET
 * @param existing streams and tables of scripts that run already, which this one may read and feed
 */
public record AnalysisCatalog(
    FunctionCatalog functions,
    List<Connector> connectors,
    List<Format> formats,
    List<OptionSpec> streamOptions,
    List<OptionSpec> settings,
    List<StreamDeclaration> existing) {
  public AnalysisCatalog {
    connectors = List.copyOf(connectors);
    formats = List.copyOf(formats);
    streamOptions = List.copyOf(streamOptions);
    settings = List.copyOf(settings);
    existing = List.copyOf(existing);
  }

  Optional<Connector> findConnector(String name) {
    return connectors.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  Optional<Format> findFormat(String name) {
    return formats.stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
  }

  List<String> connectorNames() {
    return connectors.stream().map(Connector::name).sorted().toList();
  }

  List<String> formatNames() {
    return formats.stream().map(Format::name).sorted().toList();
  }
}
