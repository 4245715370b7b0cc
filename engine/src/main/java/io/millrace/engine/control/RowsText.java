package io.millrace.engine.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.engine.Row;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.connect.Plugins;
import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.Options;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.Schema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows as the console prints them: in aligned columns, or as lines of a format. */
final class RowsText {
  private static final String NAME = "result";
  private static final String FORMAT = "format";
  private final Plugins plugins;
  private final Clock clock;

  RowsText(Plugins plugins, Clock clock) {
    this.plugins = plugins;
    this.clock = clock;
  }

  /**
   * Prints rows of one query.
   *
   * @param format its name; aligned columns if empty
   * @throws io.millrace.spi.error.MillraceException if there is no such format, or it cannot hold
   *     the columns
   */
  String of(List<Row> rows, String format) {
    Options options = options(format);
    if (rows.isEmpty()) {
      return "";
    }
    Schema schema = rows.get(0).schema();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream console = new PrintStream(out, false, UTF_8);
    Sink sink =
        new Connections(plugins, NAME, clock, console)
            .openConsole(new StreamDefinition(NAME, schema, List.of(), false, options));
    sink.write(batch(schema, rows));
    sink.close();
    return out.toString(UTF_8);
  }

  private Options options(String format) {
    List<OptionSpec> specs = new ArrayList<>(plugins.connector("console").options());
    if (format.isEmpty()) {
      return new Options(specs, Map.of());
    }
    Format known = plugins.format(format);
    specs.addAll(known.options());
    specs.add(OptionSpec.optional(FORMAT, OptionType.STRING, null, "How rows are printed."));
    return new Options(specs, Map.of(FORMAT, known.name()));
  }

  private static Batch batch(Schema schema, List<Row> rows) {
    Column[] columns = new Column[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      ExternalForm form = ExternalForm.of(schema.type(i));
      columns[i] = Column.of(schema.type(i).layout(), rows.size());
      for (int row = 0; row < rows.size(); row++) {
        columns[i].set(row, form.toInternal(rows.get(row).values().get(i), schema.name(i)));
      }
    }
    long[] rowtimes = rows.stream().mapToLong(Row::rowtime).toArray();
    return new Batch(schema, columns, new SourceTimeline()).rows(rows.size(), rowtimes, null, null);
  }
}
