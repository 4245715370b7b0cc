package io.millrace.spi.option;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of option values. Each method gives empty for a text that is no such value. */
public final class OptionValues {
  private static final Pattern DURATION_PART =
      Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)");
  private static final Pattern SIZE = Pattern.compile("\\s*(\\d+)\\s*([kKmMgG]?)(?:i?[bB])?\\s*");

  private OptionValues() {}

  /** Whether the text is a value of the declared type; otherwise what is wrong with it. */
  public static Optional<String> problem(OptionSpec spec, String text) {
    boolean good =
        switch (spec.type()) {
          case STRING -> true;
          case BOOLEAN -> parseBoolean(text).isPresent();
          case INTEGER ->
              parseLong(text)
                  .filter(value -> value >= spec.least() && value <= spec.greatest())
                  .isPresent();
          case DOUBLE -> parseDouble(text).isPresent();
          case DURATION -> parseDuration(text).isPresent();
          case BYTES -> parseSize(text).isPresent();
          case CHOICE -> spec.choices().contains(text.toLowerCase(Locale.ROOT));
        };
    if (good) {
      return Optional.empty();
    }
    return Optional.of(
        "option '" + spec.name() + "' must be " + spec.expected() + ", not '" + text + "'");
  }

  public static Optional<Boolean> parseBoolean(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  public static Optional<Long> parseLong(String text) {
    try {
      return Optional.of(Long.parseLong(text.trim().replace("_", "")));
    } catch (NumberFormatException ignored) { // the answer is "no number"
      return Optional.empty();
    }
  }

  public static Optional<Double> parseDouble(String text) {
    try {
      return Optional.of(Double.parseDouble(text.trim()));
    } catch (NumberFormatException ignored) { // the answer is "no number"
      return Optional.empty();
    }
  }

  /**
   * Number-unit pairs as in the language, such as {@code 1 HOUR 30 MIN}; a bare number is
   * milliseconds.
   */
  public static Optional<Duration> parseDuration(String text) {
    Optional<Long> millis = parseLong(text);
    if (millis.isPresent()) {
      return millis.filter(value -> value >= 0).map(Duration::ofMillis);
    }
    Matcher part = DURATION_PART.matcher(text);
    BigDecimal total = BigDecimal.ZERO;
    int end = 0;
    while (part.lookingAt()) {
      Long unit = unitMillis(part.group(2));
      if (unit == null) {
        return Optional.empty();
      }
      total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = part.end();
      part.region(end, text.length());
    }
    boolean whole =
        end > 0 && text.substring(end).isBlank() && total.toBigInteger().bitLength() < Long.SIZE;
    return whole ? Optional.of(Duration.ofMillis(total.longValue())) : Optional.empty();
  }

  /**
   * The milliseconds of a unit of the language, by any of its names; null for a word that is none.
   */
  public static @Nullable Long unitMillis(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "ms", "millisecond", "milliseconds", "millis" -> 1L;
      case "s", "sec", "secs", "second", "seconds" -> 1_000L;
      case "min", "mins", "minute", "minutes" -> 60_000L;
      case "h", "hr", "hrs", "hour", "hours" -> 3_600_000L;
      case "d", "day", "days" -> 86_400_000L;
      default -> null;
    };
  }

  /** A number of bytes, with k, M or G for powers of 1,024. */
  public static Optional<Long> parseSize(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches() || matcher.group(1).length() > 12) {
      return Optional.empty();
    }
    int shift =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    return Optional.of(Long.parseLong(matcher.group(1)) << shift);
  }
}
