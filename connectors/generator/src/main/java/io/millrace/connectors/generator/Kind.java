package io.millrace.connectors.generator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the values of a column come about. */
enum Kind {
  /** {@code min}, then {@code increment} more with each row, beginning again behind {@code max}. */
  SEQUENCE("min max increment"),
  /** Evenly from {@code min} to {@code max}, or so many random letters or bytes. */
  RANDOM("min max length digits"),
  /** Normally distributed around {@code mean}. */
  NORMAL("mean deviation digits"),
  /** One of the {@code choices}, evenly. */
  CHOICE("choices"),
  /** Always {@code value}. */
  CONSTANT("value"),
  /** A text in which {@code {row}} and {@code {random}} stand for numbers. */
  TEMPLATE("template min max"),
  /** A random UUID. */
  UUID(""),
  /** The event time. */
  TIME("");

  private final String settings;

  Kind(String settings) {
    this.settings = settings;
  }

  /** The settings that it takes, beside {@code kind} and {@code nulls}. */
  List<String> settings() {
    return settings.isEmpty() ? List.of() : List.of(settings.split(" "));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Kind> find(String text) {
    return Arrays.stream(values()).filter(kind -> kind.name().equalsIgnoreCase(text)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Kind::text).collect(Collectors.joining(", "));
  }
}
