package io.millrace.connectors.generator;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.option.OptionValues;
import io.millrace.spi.text.TextParser;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a user has said about a column. Every reader names column and setting in its error.
 * Immutable.
 */
final class FieldSettings {
  private static final String KIND = "kind";
  private static final String NULLS = "nulls";

  private final String column;
  private final DataType type;
  private final Map<String, String> given;

  FieldSettings(String column, DataType type, Map<String, String> given) {
    this.column = column;
    this.type = type;
    this.given = Map.copyOf(given);
    for (String setting : given.keySet()) {
      if (!all().contains(setting)) {
        throw error(
            setting,
            "is unknown; "
                + NearestName.hint(setting, all()).orElse("the settings are " + names()));
      }
    }
  }

  /** All settings, for people. */
  static String names() {
    return String.join(", ", all());
  }

  DataType type() {
    return type;
  }

  String column() {
    return column;
  }

  /** The kind that was asked for; other kinds' settings are refused. */
  Kind kind(Kind byDefault) {
    String text = given.get(KIND);
    Kind kind =
        text == null
            ? byDefault
            : Kind.find(text)
                .orElseThrow(
                    () -> error(KIND, "must be one of " + Kind.names() + ", not '" + text + "'"));
    for (String setting : given.keySet()) {
      boolean isUsed =
          setting.equals(KIND) || setting.equals(NULLS) || kind.settings().contains(setting);
      if (!isUsed) {
        throw error(setting, "does nothing for the kind '" + kind.text() + "'");
      }
    }
    return kind;
  }

  MillraceException unfit(Kind kind) {
    return error(KIND, "cannot be '" + kind.text() + "' for a column of type " + type.sql());
  }

  boolean isGiven(String setting) {
    return given.containsKey(setting);
  }

  String required(String setting) {
    String value = given.get(setting);
    if (value == null) {
      throw error(setting, "is missing");
    }
    return value;
  }

  long getLong(String setting, long byDefault) {
    String text = given.get(setting);
    if (text == null) {
      return byDefault;
    }
    return OptionValues.parseLong(text)
        .orElseThrow(() -> error(setting, "must be a whole number, not '" + text + "'"));
  }

  double getDouble(String setting, double byDefault) {
    String text = given.get(setting);
    if (text == null) {
      return byDefault;
    }
    return OptionValues.parseDouble(text)
        .filter(Double::isFinite)
        .orElseThrow(() -> error(setting, "must be a number, not '" + text + "'"));
  }

  /** The value of a setting as one of the column's type, in its boxed internal form. */
  Optional<Object> findValue(String setting) {
    return Optional.ofNullable(given.get(setting)).map(text -> parse(setting, text));
  }

  /** The values of a setting, apart by commas. */
  List<Object> values(String setting) {
    List<Object> values = new ArrayList<>();
    for (String text : required(setting).split(",")) {
      values.add(parse(setting, text.strip()));
    }
    return values;
  }

  /** Checks a range. */
  <T extends Comparable<T>> void checkRange(T least, T greatest) {
    if (least.compareTo(greatest) > 0) {
      throw error("min", "is above the maximum: " + least + " > " + greatest);
    }
  }

  /** Puts NULLs between the values, as many as {@code nulls} says. */
  FieldGenerator nulls(FieldGenerator values) {
    double share = getDouble(NULLS, 0);
    if (share < 0 || share > 1) {
      throw error(NULLS, "must be from 0 to 1, not " + share);
    }
    return share == 0 ? values : new FieldGenerators.SometimesNull(values, share);
  }

  MillraceException error(String setting, String problem) {
    return new MillraceException("option 'fields." + column + "." + setting + "' " + problem);
  }

  private Object parse(String setting, String text) {
    TextParser parser =
        TextParser.of(type, column)
            .orElseThrow(() -> error(setting, "is not supported for " + type.sql()));
    try {
      return parser.parse(text);
    } catch (DecodeException e) {
      throw error(setting, "is no value of the column: " + e.message());
    }
  }

  private static TreeSet<String> all() {
    TreeSet<String> all = new TreeSet<>(List.of(KIND, NULLS));
    Arrays.stream(Kind.values()).forEach(kind -> all.addAll(kind.settings()));
    return all;
  }
}
