package io.millrace.connectors.generator;

import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.Options;
import io.millrace.spi.text.IsoTime;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The options of a generator, declared and read.
 *
 * @param count the number of rows, {@code Long.MAX_VALUE} for endless
 * @param rowsPerSecond how fast rows come, infinite for as fast as they are taken
 * @param millisPerRow by how much the event time rises from row to row
 * @param start the event time of the first row in milliseconds, or empty for the clock's
 * @param seed what the random values depend on
 * @param fields a generator for each column
 */
record GeneratorOptions(
    long count,
    double rowsPerSecond,
    double millisPerRow,
    OptionalLong start,
    long seed,
    List<FieldGenerator> fields) {
  private static final String COUNT = "count";
  private static final String RATE = "rate";
  private static final String START = "start";
  private static final String STEP = "step";
  private static final String SEED = "seed";
  private static final String FIELDS = "fields.";
  private static final double DEFAULT_ENDLESS_RATE = 10;

  GeneratorOptions {
    fields = List.copyOf(fields);
  }

  static List<OptionSpec> specs() {
    return List.of(
        OptionSpec.optional(
            COUNT, OptionType.INTEGER, null, "The number of rows; endless if it is not given."),
        OptionSpec.optional(
            RATE,
            OptionType.DOUBLE,
            null,
            "Rows per second; if it is not given, 10 where rows are endless, else as fast as they"
                + " are taken."),
        OptionSpec.optional(
            START,
            OptionType.STRING,
            null,
            "The event time of the first row, such as '2024-03-01T10:00:00Z'; the time of the start"
                + " if it is not given."),
        OptionSpec.optional(
            STEP,
            OptionType.DURATION,
            null,
            "The event time between two rows; if it is not given, what the rate says, or a"
                + " millisecond."),
        OptionSpec.optional(
            SEED,
            OptionType.INTEGER,
            "0",
            "What random values depend on: equal seeds, equal rows."),
        OptionSpec.optional(
            FIELDS + "*",
            OptionType.STRING,
            null,
            "'fields.<column>.kind' is "
                + Kind.names()
                + "; its settings are "
                + FieldSettings.names()
                + "."));
  }

  static boolean isBounded(Options options) {
    return options.isGiven(COUNT);
  }

  static GeneratorOptions of(StreamDefinition stream) {
    Options options = stream.options();
    long count = options.isGiven(COUNT) ? options.getLong(COUNT) : Long.MAX_VALUE;
    if (count < 0) {
      throw new MillraceException("option 'count' must not be negative, but is " + count);
    }
    double rate =
        options.isGiven(RATE)
            ? options.getDouble(RATE)
            : isBounded(options) ? Double.POSITIVE_INFINITY : DEFAULT_ENDLESS_RATE;
    if (!(rate > 0)) {
      throw new MillraceException("option 'rate' must be above 0 rows per second");
    }
    double step =
        options.isGiven(STEP)
            ? options.getDuration(STEP).toMillis()
            : Double.isInfinite(rate) ? 1 : 1_000 / rate;
    return new GeneratorOptions(
        count, rate, step, start(options), options.getLong(SEED), fields(stream));
  }

  private static OptionalLong start(Options options) {
    if (!options.isGiven(START)) {
      return OptionalLong.empty();
    }
    String text = options.getString(START);
    long millis = IsoTime.parseTimestamp(text.toCharArray(), 0, text.length());
    if (millis == IsoTime.NONE) {
      throw new MillraceException(
          "option 'start' must be a time such as '2024-03-01T10:00:00Z', not '" + text + "'");
    }
    return OptionalLong.of(millis);
  }

  private static List<FieldGenerator> fields(StreamDefinition stream) {
    Schema schema = stream.schema();
    List<Map<String, String>> settings = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      settings.add(new LinkedHashMap<>());
    }
    stream
        .options()
        .withPrefix(FIELDS)
        .forEach(
            (key, value) -> {
              int dot = key.lastIndexOf('.');
              String column = key.substring(0, Math.max(0, dot));
              int index = schema.indexOf(column);
              if (index < 0) {
                throw unknownColumn(key, column, schema);
              }
              settings.get(index).put(key.substring(dot + 1), value);
            });
    List<FieldGenerator> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      FieldSettings field = new FieldSettings(schema.name(i), schema.type(i), settings.get(i));
      fields.add(field.nulls(FieldGenerators.of(field)));
    }
    return fields;
  }

  private static MillraceException unknownColumn(String key, String column, Schema schema) {
    if (column.isEmpty()) {
      return new MillraceException(
          "option 'fields." + key + "' names no column; it must be 'fields.<column>." + key + "'");
    }
    String hint =
        NearestName.hint(column, schema.names())
            .orElse("the columns are " + String.join(", ", schema.names()));
    return new MillraceException("option 'fields." + key + "' names no column; " + hint);
  }
}
