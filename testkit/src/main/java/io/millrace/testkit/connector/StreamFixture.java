package io.millrace.testkit.connector;

import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionValues;
import io.millrace.spi.option.Options;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the definition of a stream for a connector, a format or both, with its options checked as
 * the compiler checks them. Immutable: each method gives another fixture.
 */
public final class StreamFixture {
  private final Schema schema;
  private final List<Integer> keyColumns;
  private final boolean isTable;
  private final List<OptionSpec> specs;
  private final Map<String, String> given;

  private StreamFixture(
      Schema schema,
      List<Integer> keyColumns,
      boolean isTable,
      List<OptionSpec> specs,
      Map<String, String> given) {
    this.schema = schema;
    this.keyColumns = keyColumns;
    this.isTable = isTable;
    this.specs = specs;
    this.given = given;
  }

  /** A stream of these columns, without connector, format, key and options. */
  public static StreamFixture of(Field... columns) {
    return new StreamFixture(Schema.of(columns), List.of(), false, List.of(), Map.of());
  }

  /** Takes the options of a connector and names it. */
  public StreamFixture withConnector(Connector connector) {
    return withSpecs(connector.options()).with("connector", connector.name());
  }

  /** Takes the options of a format and names it. */
  public StreamFixture withFormat(@Nullable Format format) {
    return format == null ? this : withSpecs(format.options()).with("format", format.name());
  }

  /** Sets an option, as in WITH. */
  public StreamFixture with(String option, String value) {
    Map<String, String> more = new LinkedHashMap<>(given);
    more.put(option, value);
    return new StreamFixture(schema, keyColumns, isTable, specs, more);
  }

  public StreamFixture keyedBy(Integer... columns) {
    return new StreamFixture(schema, List.of(columns), isTable, specs, given);
  }

  public StreamFixture asTable() {
    return new StreamFixture(schema, keyColumns, true, specs, given);
  }

  public Schema schema() {
    return schema;
  }

  /**
   * The definition of a stream named {@code Test}.
   *
   * @throws MillraceException if an option is unknown, missing or has a bad value
   */
  public StreamDefinition definition() {
    for (OptionSpec spec : specs) {
      if (spec.required() && given.keySet().stream().noneMatch(spec::matches)) {
        throw new MillraceException("option '" + spec.name() + "' is missing");
      }
    }
    given.forEach(this::check);
    return new StreamDefinition("Test", schema, keyColumns, isTable, new Options(specs, given));
  }

  private void check(String name, String value) {
    if (name.equals("connector") || name.equals("format")) {
      return;
    }
    OptionSpec spec =
        specs.stream()
            .filter(known -> known.matches(name))
            .findFirst()
            .orElseThrow(() -> new MillraceException("unknown option '" + name + "'"));
    OptionValues.problem(spec, value)
        .ifPresent(
            problem -> {
              throw new MillraceException(problem);
            });
  }

  private StreamFixture withSpecs(List<OptionSpec> more) {
    List<OptionSpec> all = new ArrayList<>(specs);
    all.addAll(more);
    return new StreamFixture(schema, keyColumns, isTable, all, given);
  }
}
