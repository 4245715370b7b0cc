package io.millrace.spi.option;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of an option.
 *
 * @param name its key in WITH, such as {@code path} or {@code rotate.size}; a name that ends with
 *     {@code .*} takes every key with that prefix
 * @param type what its value must be
 * @param required whether it must be given
 * @param defaultValue its value when it is not given, as a user would write it; null if there is
 *     none
 * @param choices the values of a {@link OptionType#CHOICE}, in lower case; otherwise empty
 * @param least the smallest value of an {@link OptionType#INTEGER}
 * @param greatest the greatest value of an {@link OptionType#INTEGER}
 * @param description one sentence for DESCRIBE CONNECTOR and the reference
 */
public record OptionSpec(
    String name,
    OptionType type,
    boolean required,
    @Nullable String defaultValue,
    List<String> choices,
    long least,
    long greatest,
    String description) {

  public OptionSpec {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    choices = List.copyOf(choices);
    Objects.requireNonNull(description);
  }

  public static OptionSpec required(String name, OptionType type, String description) {
    return unbounded(name, type, true, null, List.of(), description);
  }

  public static OptionSpec optional(
      String name, OptionType type, @Nullable String defaultValue, String description) {
    return unbounded(name, type, false, defaultValue, List.of(), description);
  }

  public static OptionSpec choice(
      String name, @Nullable String defaultValue, List<String> choices, String description) {
    return unbounded(name, OptionType.CHOICE, false, defaultValue, choices, description);
  }

  /** A whole number from {@code least} to {@code greatest}. */
  public static OptionSpec integer(
      String name, @Nullable String defaultValue, long least, long greatest, String description) {
    return new OptionSpec(
        name, OptionType.INTEGER, false, defaultValue, List.of(), least, greatest, description);
  }

  private static OptionSpec unbounded(
      String name,
      OptionType type,
      boolean required,
      @Nullable String defaultValue,
      List<String> choices,
      String description) {
    return new OptionSpec(
        name, type, required, defaultValue, choices, Long.MIN_VALUE, Long.MAX_VALUE, description);
  }

  /** What a value must be, such as {@code a whole number from 1 to 128}. */
  public String expected() {
    if (type == OptionType.CHOICE) {
      return "one of " + String.join(", ", choices);
    }
    if (greatest < Long.MAX_VALUE) {
      return type.description() + " from " + least + " to " + greatest;
    }
    return least > Long.MIN_VALUE
        ? type.description() + " of at least " + least
        : type.description();
  }

  public boolean isPrefix() {
    return name.endsWith(".*");
  }

  /** Whether this declaration speaks of the key. Names match without regard to case. */
  public boolean matches(String key) {
    return isPrefix()
        ? key.regionMatches(true, 0, name, 0, name.length() - 1) && key.length() >= name.length()
        : name.equalsIgnoreCase(key);
  }
}
