package io.millrace.connectors.kafka;

import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The topics that option {@code topic} speaks of: names, or a pattern that a name must match as a
 * whole.
 *
 * @param names the names, in the order given; empty if there is a pattern
 * @param pattern the pattern, if there is one
 */
record TopicSelection(List<String> names, Optional<Pattern> pattern) {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  TopicSelection {
    names = List.copyOf(names);
  }

  /**
   * Reads {@code name}, {@code name, name}, or {@code /regular expression/}.
   *
   * @throws MillraceException if it is neither
   */
  static TopicSelection parse(String text) {
    String trimmed = text.trim();
    if (trimmed.length() > 2 && trimmed.startsWith("/") && trimmed.endsWith("/")) {
      return new TopicSelection(
          List.of(), Optional.of(compile(trimmed.substring(1, trimmed.length() - 1))));
    }
    Set<String> names = new LinkedHashSet<>();
    for (String part : trimmed.split(",", -1)) {
      names.add(legal(part.trim()));
    }
    return new TopicSelection(new ArrayList<>(names), Optional.empty());
  }

  /**
   * The one name.
   *
   * @throws MillraceException if there are several, or a pattern
   */
  String single() {
    if (names.size() != 1) {
      throw new MillraceException(
          "option 'topic' of a sink must name one topic, not '" + describe() + "'");
    }
    return names.get(0);
  }

  /** The selection as a user wrote it. */
  String describe() {
    return pattern.map(p -> "/" + p + "/").orElseGet(() -> String.join(", ", names));
  }

  private static Pattern compile(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new MillraceException(
          "option 'topic': '/" + expression + "/' is no regular expression: " + e.getDescription(),
          e);
    }
  }

  /** Whether a topic can have this name. */
  static boolean isLegal(String name) {
    return LEGAL.matcher(name).matches() && !name.equals(".") && !name.equals("..");
  }

  private static String legal(String name) {
    if (!isLegal(name)) {
      throw new MillraceException(
          "option 'topic': '"
              + name
              + "' is no name of a topic: expected up to 249 letters, digits, '.', '_' and '-';"
              + " several names are separated by commas, a regular expression stands between"
              + " slashes, as in '/trades-.*/'");
    }
    return name;
  }
}
