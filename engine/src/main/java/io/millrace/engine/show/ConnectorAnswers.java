package io.millrace.engine.show;

import io.millrace.engine.connect.Plugins;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says which connectors and formats there are, and which options they take. */
final class ConnectorAnswers {
  private final Plugins plugins;
  private final int width;

  ConnectorAnswers(Plugins plugins, int width) {
    this.plugins = plugins;
    this.width = width;
  }

  String all() {
    TextTable connectors = new TextTable(width, "connector", "use", "description");
    for (Connector connector : plugins.connectors()) {
      connectors.add(connector.name(), use(connector), connector.description());
    }
    TextTable formats = new TextTable(width, "format", "description");
    plugins.formats().forEach(format -> formats.add(format.name(), format.description()));
    return connectors.text() + "\n" + formats.text();
  }

  /**
   * The options of a connector or format.
   *
   * @throws MillraceException if there is none of that name
   */
  String one(String name) {
    for (Connector connector : plugins.connectors()) {
      if (connector.name().equalsIgnoreCase(name)) {
        return describe(connector);
      }
    }
    for (Format format : plugins.formats()) {
      if (format.name().equalsIgnoreCase(name)) {
        return "format "
            + format.name()
            + "\n"
            + format.description()
            + "\n\n"
            + options(format.options());
      }
    }
    List<String> known = new ArrayList<>();
    plugins.connectors().forEach(connector -> known.add(connector.name()));
    plugins.formats().forEach(format -> known.add(format.name()));
    String hint = NearestName.hint(name, known).orElse("there are " + String.join(", ", known));
    throw new MillraceException("unknown connector or format '" + name + "'; " + hint);
  }

  private String describe(Connector connector) {
    StringBuilder out = new StringBuilder("connector ").append(connector.name()).append('\n');
    out.append(connector.description()).append('\n');
    String format =
        switch (connector.formatUse()) {
          case NONE -> "takes no format";
          case OPTIONAL -> "takes a format";
          case REQUIRED -> "needs a format";
        };
    out.append("For ").append(use(connector)).append("; ").append(format).append(".\n\n");
    out.append(options(connector.options()));
    if (connector instanceof SourceConnector source && !source.metadata().isEmpty()) {
      TextTable metadata = new TextTable(width, "pseudo-column", "type");
      source.metadata().forEach(field -> metadata.add(field.name(), field.type().sql()));
      out.append('\n').append(metadata.text());
    }
    out.append("\nOptions of every connector:\n\n").append(options(StreamOptions.ofStreams()));
    return out.toString();
  }

  private static String use(Connector connector) {
    boolean reads = connector instanceof SourceConnector;
    boolean writes = connector instanceof SinkConnector;
    return reads && writes ? "reading and writing" : reads ? "reading" : "writing";
  }

  private String options(List<OptionSpec> options) {
    if (options.isEmpty()) {
      return "It has no options.\n";
    }
    TextTable table = new TextTable(width, "option", "value", "default", "description");
    for (OptionSpec option : options) {
      String byDefault = option.defaultValue();
      table.add(
          option.name(),
          value(option),
          option.required() ? "(required)" : byDefault == null ? "" : byDefault,
          option.description());
    }
    return table.text();
  }

  private static String value(OptionSpec option) {
    return option.type() == OptionType.CHOICE
        ? String.join(" | ", option.choices())
        : option.type().name().toLowerCase(Locale.ROOT);
  }
}
