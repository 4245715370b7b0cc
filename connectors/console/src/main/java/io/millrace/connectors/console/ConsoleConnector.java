package io.millrace.connectors.console;

import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import java.util.List;

/** The terminal as a sink. */
public final class ConsoleConnector implements SinkConnector {
  private static final String SHOW_NAME = "show.name";
  private static final String FORMAT = "format";

  @Override
  public String name() {
    return "console";
  }

  @Override
  public String description() {
    return "Prints rows in aligned columns, or as lines of a format.";
  }

  @Override
  public FormatUse formatUse() {
    return FormatUse.OPTIONAL;
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.optional(
            SHOW_NAME,
            OptionType.BOOLEAN,
            "false",
            "Whether each line begins with the name of the stream, where several share a"
                + " console."));
  }

  @Override
  public Sink open(StreamDefinition stream, SinkContext context) {
    String prefix = stream.options().getBoolean(SHOW_NAME) ? stream.name() + ": " : "";
    RowPrinter printer =
        stream.options().isGiven(FORMAT)
            ? new RecordPrinter(context.encoder())
            : new TablePrinter(stream, context.showsRowKind());
    return new ConsoleSink(printer, prefix, context.console().orElse(System.out));
  }
}
