package io.millrace.spi.option;

import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The values of options that were checked against their declarations: reading one that is declared
 * cannot fail. Keys are compared without regard to case.
 */
public final class Options {
  private final List<OptionSpec> specs;
  private final Map<String, String> given;

  /**
   * @param specs the declarations
   * @param given the values as written, by key
   */
  public Options(List<OptionSpec> specs, Map<String, String> given) {
    this.specs = List.copyOf(specs);
    Map<String, String> lower = new LinkedHashMap<>();
    given.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
    this.given = lower;
  }

  public boolean isGiven(String name) {
    return given.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** The value as text, given or by default. */
  public Optional<String> findString(String name) {
    String value = given.get(name.toLowerCase(Locale.ROOT));
    return value != null ? Optional.of(value) : Optional.ofNullable(spec(name).defaultValue());
  }

  public String getString(String name) {
    return findString(name)
        .orElseThrow(() -> new MillraceException("option '" + name + "' is missing"));
  }

  /** The value of a {@link OptionType#CHOICE}, in lower case. */
  public String getChoice(String name) {
    return getString(name).toLowerCase(Locale.ROOT);
  }

  public boolean getBoolean(String name) {
    return OptionValues.parseBoolean(getString(name)).orElseThrow(() -> bad(name));
  }

  public long getLong(String name) {
    return OptionValues.parseLong(getString(name)).orElseThrow(() -> bad(name));
  }

  public double getDouble(String name) {
    return OptionValues.parseDouble(getString(name)).orElseThrow(() -> bad(name));
  }

  public Duration getDuration(String name) {
    return OptionValues.parseDuration(getString(name)).orElseThrow(() -> bad(name));
  }

  /** A size in bytes. */
  public long getSize(String name) {
    return OptionValues.parseSize(getString(name)).orElseThrow(() -> bad(name));
  }

  /**
   * The given values whose keys begin with {@code prefix}, by the rest of the key as it was written
   * in lower case.
   */
  public Map<String, String> withPrefix(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    String lower = prefix.toLowerCase(Locale.ROOT);
    given.forEach(
        (key, value) -> {
          if (key.startsWith(lower)) {
            found.put(key.substring(lower.length()), value);
          }
        });
    return found;
  }

  private OptionSpec spec(String name) {
    for (OptionSpec spec : specs) {
      if (spec.matches(name)) {
        return spec;
      }
    }
    throw new IllegalArgumentException("option '" + name + "' is not declared");
  }

  private MillraceException bad(String name) {
    return new MillraceException(
        OptionValues.problem(spec(name), getString(name))
            .orElse("option '" + name + "' is not valid"));
  }
}
