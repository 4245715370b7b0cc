package io.millrace.conformance.connectors;

import io.millrace.engine.connect.Plugins;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import java.util.List;
import java.util.Locale;

/** Renders the declarations of all connectors and formats as a page of Markdown. */
final class ConnectorPage {
  private static final String INTRODUCTION =
      """
      A stream or table names its connector in `WITH`, beside its options; without one it is in memory.
      `SHOW CONNECTORS` and `DESCRIBE CONNECTOR file` in a script, and `millrace connectors file`, show the
      same. This page is made from what connectors and formats declare, and each example runs as a test;
      `${here}` is the folder of the query file.

      """;

  private final Plugins plugins;
  private final StringBuilder page = new StringBuilder("# Connectors and formats\n\n");

  private ConnectorPage(Plugins plugins) {
    this.plugins = plugins;
  }

  /** The page, with a line end behind its last line. */
  static String markdown(Plugins plugins) {
    return new ConnectorPage(plugins).write();
  }

  private String write() {
    page.append(INTRODUCTION).append("| connector | use | |\n|---|---|---|\n");
    for (Connector connector : plugins.connectors()) {
      row(link(connector.name()), use(connector), connector.description());
    }
    page.append("\n| format | |\n|---|---|\n");
    plugins.formats().forEach(format -> row(link(format.name()), format.description()));
    plugins.connectors().forEach(this::connector);
    plugins.formats().forEach(this::format);
    page.append("\n## Options of every connector\n\n");
    options(StreamOptions.ofStreams());
    return page.toString();
  }

  private void connector(Connector connector) {
    page.append("\n## ").append(connector.name()).append("\n\n");
    page.append(connector.description()).append(" For ").append(use(connector));
    page.append("; ").append(formatUse(connector)).append(".\n\n");
    options(connector.options());
    if (connector instanceof SourceConnector source && !source.metadata().isEmpty()) {
      page.append("\n| pseudo-column | type |\n|---|---|\n");
      source.metadata().forEach(field -> row(code(field.name()), code(field.type().sql())));
    }
    example(connector.name());
  }

  private void format(Format format) {
    page.append("\n## ").append(format.name()).append("\n\n");
    page.append(format.description()).append("\n\n");
    options(format.options());
    example(format.name());
  }

  private void example(String name) {
    ConnectorExample example = new ConnectorExample(name);
    example.inputs().forEach((file, text) -> block("With `" + file + "`", "text", text));
    block(example.inputs().isEmpty() ? "Example" : "the script", "sql", example.script());
    if (!example.console().isEmpty()) {
      block("prints", "text", String.join("\n", example.console()) + "\n");
    }
    example.outputs().forEach((file, text) -> block("writes `out/" + file + "`", "text", text));
  }

  private void block(String title, String language, String text) {
    page.append('\n').append(title).append(":\n\n```").append(language).append('\n');
    page.append(text).append("```\n");
  }

  private void options(List<OptionSpec> options) {
    if (options.isEmpty()) {
      page.append("It has no options.\n");
      return;
    }
    page.append("| option | value | default | |\n|---|---|---|---|\n");
    for (OptionSpec option : options) {
      String byDefault = option.defaultValue();
      row(
          code(option.name()),
          value(option),
          option.required() ? "required" : byDefault == null ? "" : code(byDefault),
          option.description());
    }
  }

  private void row(String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String value(OptionSpec option) {
    return option.type() == OptionType.CHOICE
        ? String.join(", ", option.choices().stream().map(ConnectorPage::code).toList())
        : option.type().name().toLowerCase(Locale.ROOT);
  }

  private static String use(Connector connector) {
    boolean reads = connector instanceof SourceConnector;
    boolean writes = connector instanceof SinkConnector;
    return reads && writes ? "reading and writing" : reads ? "reading" : "writing";
  }

  private static String formatUse(Connector connector) {
    return switch (connector.formatUse()) {
      case NONE -> "takes no format";
      case OPTIONAL -> "takes a format";
      case REQUIRED -> "needs a format";
    };
  }

  private static String link(String name) {
    return "[" + name + "](#" + name + ")";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
